#include "vocabulary.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <utility>

namespace musicsync::text {
namespace {

using enum VersionKind;

constexpr Phrase plain(std::string_view text, VersionKind kind, std::string_view detail = {}) {
    return {text, Role::plain, kind, detail};
}
constexpr Phrase tail(std::string_view text, VersionKind kind, std::string_view detail = {}) {
    return {text, Role::tail, kind, detail};
}
constexpr Phrase head(std::string_view text, VersionKind kind) { return {text, Role::head, kind}; }
constexpr Phrase tongue(std::string_view text, std::string_view language_name) {
    return {text, Role::plain, language, language_name};
}
constexpr Phrase noise(std::string_view text) { return {text, Role::noise}; }
constexpr Phrase filler(std::string_view text) { return {text, Role::filler}; }
constexpr Phrase context(std::string_view text) { return {text, Role::context}; }
constexpr Phrase source(std::string_view text) { return {text, Role::source}; }
constexpr Phrase version(std::string_view text) { return {text, Role::version, rerecorded}; }
constexpr Phrase credit(std::string_view text) { return {text, Role::credit}; }

// Grouped for reading; looked up in a sorted copy. ASCII texts are in normal form (a test holds this),
// others may stand as they are written.
// clang-format off
constexpr auto listed = std::to_array<Phrase>({
    // live
    plain("live", live), tail("live version", live), plain("live ver", live), plain("live recording", live),
    plain("live performance", live), plain("live in concert", live), plain("in concert", live),
    plain("live take", live), plain("live video", live), plain("live album version", live),
    plain("recorded live", live), plain("concert version", live), plain("live on air", live), plain("en vivo", live),
    plain("version en vivo", live), plain("en directo", live), plain("directo", live), plain("ao vivo", live),
    plain("versao ao vivo", live), plain("dal vivo", live), plain("versione dal vivo", live),
    plain("live dal vivo", live), plain("en concert", live), plain("en public", live), plain("version live", live),
    plain("version concert", live), plain("konzert", live), plain("konzertmitschnitt", live),
    plain("live mitschnitt", live), plain("na zywo", live), plain("canli", live), plain("в живую", live),
    plain("живои звук", live), plain("концертная запись", live), plain("концерт", live), plain("live запись", live),
    plain("ライブ", live), plain("ライヴ", live), plain("ライブ版", live), plain("ライブバージョン", live), plain("ライブ バージョン", live),
    plain("ライヴ ヴァージョン", live), plain("ライブ音源", live), plain("現場", live), plain("現場版", live), plain("現場演唱", live),
    plain("现场", live), plain("现场版", live), plain("演唱会", live), plain("演唱會", live), plain("演唱会版", live),
    plain("演唱會版", live), plain("라이브", live), plain("라이브 버전", live), plain("생라이브", live), plain("בהופעה", live),
    plain("לייב", live), plain("a colors show", live, "a colors show"),
    plain("the first take", live, "the first take"), plain("the first take ver", live, "the first take"),
    plain("tiny desk concert", live, "tiny desk concert"), plain("live lounge", live, "live lounge"),
    plain("from the live lounge", live, "live lounge"), head("live at", live), head("live in", live),
    head("live from", live), head("live on", live), head("live im", live), head("live aus", live),
    head("live beim", live), head("live bei", live), head("live auf", live), head("live au", live),
    head("live aux", live), head("live en", live), head("live de", live), head("live du", live),
    head("live dans", live), head("live desde", live), head("live al", live), head("live dal", live),
    head("live em", live), head("live fra", live), head("live fran", live), head("live pa", live),
    head("live und", live), head("live session at", live), head("live version at", live),
    head("live version from", live), head("recorded live at", live), head("recorded live in", live),
    head("recorded live on", live), head("recorded live from", live), head("en vivo en", live),
    head("en vivo desde", live), head("en directo en", live), head("en directo desde", live),
    head("ao vivo em", live), head("ao vivo no", live), head("ao vivo na", live), head("dal vivo a", live),
    head("dal vivo al", live), head("dal vivo in", live), head("en concert a", live), head("en concert au", live),
    head("en public a", live), head("live performance at", live), head("live concert at", live),
    head("in concert at", live),

    // remixes: the author stands before
    tail("remix", remix), tail("remixes", remix), tail("rmx", remix), tail("mix", remix),
    tail("remix version", remix), tail("version remix", remix), tail("re mix", remix), tail("remixed", remix),
    tail("remixed version", remix), tail("rework", remix), tail("reworked", remix), tail("re work", remix),
    tail("bootleg", remix), tail("flip", remix), tail("refix", remix), tail("retouch", remix),
    tail("dub", remix, "dub"), tail("dub mix", remix, "dub"), tail("dub version", remix, "dub"),
    tail("dub remix", remix, "dub"), tail("vip", remix, "vip"), tail("vip mix", remix, "vip"),
    tail("vip remix", remix, "vip"), tail("mashup", remix, "mashup"), tail("mash up", remix, "mashup"),
    tail("remixado", remix), tail("remixada", remix), tail("リミックス", remix), tail("ミックス", remix), tail("混音", remix),
    tail("混音版", remix), tail("리믹스", remix), tail("ремикс", remix), tail("remezcla", remix), head("remix by", remix),
    head("remixed by", remix), head("mixed by", remix), head("mix by", remix), head("rmx by", remix),
    head("remix von", remix), head("remix de", remix), head("remix par", remix), head("remix di", remix),
    head("reworked by", remix), head("reimagined by", remix),

    // acoustic, unplugged, session, demo
    plain("acoustic", acoustic), plain("acoustic version", acoustic), plain("acoustic ver", acoustic),
    plain("acoustic mix", acoustic), plain("acoustic remix", acoustic), plain("acoustic edit", acoustic),
    plain("acoustic take", acoustic), plain("acoustic performance", acoustic), plain("acoustic live", acoustic),
    plain("stripped", acoustic), plain("stripped version", acoustic), plain("stripped down", acoustic),
    plain("stripped down version", acoustic), plain("stripped back", acoustic),
    plain("scaled down version", acoustic), plain("piano", acoustic, "piano"),
    plain("piano version", acoustic, "piano"), plain("piano ver", acoustic, "piano"),
    plain("piano acoustic", acoustic, "piano"), plain("acoustic piano", acoustic, "piano"),
    plain("acoustic piano version", acoustic, "piano"), plain("piano and vocal", acoustic, "piano"),
    plain("piano vocal version", acoustic, "piano"), plain("guitar version", acoustic, "guitar"),
    plain("acoustic guitar", acoustic, "guitar"), plain("acoustic guitar version", acoustic, "guitar"),
    plain("acustico", acoustic), plain("acustica", acoustic), plain("version acustica", acoustic),
    plain("versao acustica", acoustic), plain("versione acustica", acoustic), plain("acoustique", acoustic),
    plain("version acoustique", acoustic), plain("akustik", acoustic), plain("akustik version", acoustic),
    plain("akustisch", acoustic), plain("akustisk", acoustic), plain("akusticka verze", acoustic),
    plain("акустика", acoustic), plain("акустическая версия", acoustic), plain("アコースティック", acoustic),
    plain("アコースティックバージョン", acoustic), plain("アコースティック バージョン", acoustic), plain("アコースティック ver", acoustic),
    plain("弾き語り", acoustic), plain("不插電", acoustic), plain("不插电", acoustic), plain("어쿠스틱", acoustic),
    plain("어쿠스틱 버전", acoustic), plain("unplugged", unplugged), plain("unplugged version", unplugged),
    plain("mtv unplugged", unplugged, "mtv"), plain("mtv unplugged version", unplugged, "mtv"),
    head("unplugged at", unplugged), head("unplugged in", unplugged), plain("desenchufado", unplugged),
    plain("アンプラグド", unplugged), tail("session", session), tail("sessions", session), tail("studio session", session),
    tail("sesion", session), tail("sesiones", session), tail("sessao", session), tail("live session", session),
    tail("live sessions", session), tail("acoustic session", session), tail("session version", session),
    tail("spotify singles", session, "spotify"), tail("spotify session", session, "spotify"),
    tail("spotify studio recording", session, "spotify"), tail("apple music home session", session, "apple music"),
    tail("セッション", session), tail("セッションズ", session), head("recorded at", session), head("recorded in", session),
    head("recorded for", session), head("session at", session), head("sessions at", session),
    head("session from", session), head("session for", session), head("enregistre a", session), tail("demo", demo),
    tail("demos", demo), tail("demo version", demo), tail("demo recording", demo), tail("demo take", demo),
    tail("demo tape", demo), tail("home demo", demo), tail("original demo", demo), tail("rough demo", demo),
    tail("studio demo", demo), tail("maqueta", demo), tail("maquette", demo), tail("デモ", demo), tail("デモ音源", demo),
    tail("デモバージョン", demo), tail("데모", demo), tail("демо", demo), tail("outtake", demo, "outtake"),
    tail("studio outtake", demo, "outtake"), tail("out take", demo, "outtake"), tail("rehearsal", demo, "rehearsal"),
    tail("rough mix", demo, "rough mix"), tail("early version", demo, "early"), tail("early take", demo, "early"),
    tail("early mix", demo, "early"), plain("work in progress", demo, "early"), plain("alternate", demo, "alternate"),
    tail("alternate version", demo, "alternate"), tail("alternate take", demo, "alternate"),
    tail("alternate mix", demo, "alternate"), tail("alternative version", demo, "alternate"),
    tail("alternative take", demo, "alternate"), tail("alternative mix", demo, "alternate"),
    tail("alt version", demo, "alternate"), tail("alt take", demo, "alternate"),
    tail("alt mix", demo, "alternate"), plain("alt ver", demo, "alternate"), plain("first take", demo, "take 1"),
    plain("take 1", demo, "take 1"), plain("take 2", demo, "take 2"), plain("take 3", demo, "take 3"),
    plain("take 4", demo, "take 4"), plain("take 5", demo, "take 5"),

    // without the singer
    tail("instrumental", instrumental), tail("instrumental version", instrumental),
    tail("instrumental ver", instrumental), tail("instrumental mix", instrumental),
    tail("instrumental edit", instrumental), tail("instrumentals", instrumental), plain("inst", instrumental),
    plain("inst ver", instrumental), plain("instr", instrumental), plain("instrumentale", instrumental),
    plain("version instrumentale", instrumental), plain("version instrumental", instrumental),
    plain("versao instrumental", instrumental), plain("strumentale", instrumental),
    plain("versione strumentale", instrumental), plain("instrumentalversion", instrumental),
    plain("instrumentalny", instrumental), plain("без слов", instrumental), plain("инструментал", instrumental),
    plain("инструментальная версия", instrumental), plain("インスト", instrumental), plain("インストゥルメンタル", instrumental),
    plain("インストゥルメンタル バージョン", instrumental), plain("純音樂", instrumental), plain("纯音乐", instrumental),
    plain("伴奏", instrumental), plain("伴奏版", instrumental), plain("연주곡", instrumental),
    plain("instrumental 연주곡", instrumental), plain("non vocal", instrumental), plain("no vocals", instrumental), plain("piano solo", instrumental, "piano"), plain("solo piano", instrumental, "piano"),
    plain("without vocals", instrumental), tail("karaoke", karaoke), tail("karaoke version", karaoke),
    tail("karaoke ver", karaoke), tail("karaoke instrumental", karaoke),
    tail("karaoke instrumental version", karaoke), tail("instrumental karaoke", karaoke),
    tail("karaoke mix", karaoke), tail("karaoke track", karaoke), tail("backing track", karaoke),
    tail("backing track version", karaoke), plain("backing track mix", karaoke), plain("off vocal", karaoke),
    plain("off vocal ver", karaoke), plain("off vocal version", karaoke), plain("カラオケ", karaoke),
    plain("オリジナルカラオケ", karaoke), plain("オリジナル カラオケ", karaoke), plain("オフボーカル", karaoke), plain("カラオケバージョン", karaoke),
    plain("卡拉ok", karaoke), plain("노래방", karaoke), plain("караоке", karaoke), plain("минус", karaoke),
    plain("playback", karaoke), plain("version karaoke", karaoke), plain("versao karaoke", karaoke),
    head("in the style of", karaoke), head("karaoke in the style of", karaoke),
    head("karaoke version in the style of", karaoke), head("originally performed by", karaoke),
    head("karaoke version originally performed by", karaoke), head("originally by", karaoke),
    head("made famous by", karaoke), head("as made famous by", karaoke),
    head("karaoke version made famous by", karaoke), head("en el estilo de", karaoke), head("al estilo de", karaoke),
    head("im stil von", karaoke), head("popularizado por", karaoke), tail("cover", cover),
    tail("cover version", cover), tail("cover song", cover), tail("coverversion", cover), tail("カバー", cover),
    tail("カヴァー", cover), tail("翻唱", cover), tail("커버", cover), tail("кавер", cover), tail("tribute", cover),
    tail("tribute version", cover), tail("piano cover", cover, "piano"), tail("acoustic cover", cover, "acoustic"),
    head("cover of", cover), head("cover by", cover), head("covered by", cover), head("tribute to", cover),
    head("a tribute to", cover), head("tributo a", cover), head("homenaje a", cover), head("hommage a", cover),
    head("cover de", cover), head("a cover of", cover), head("covering", cover), plain("a cappella", a_cappella),
    plain("acappella", a_cappella), plain("acapella", a_cappella), plain("a capella", a_cappella),
    plain("a cappella version", a_cappella), plain("acappella version", a_cappella),
    plain("acapella version", a_cappella), plain("a cappella mix", a_cappella), plain("acappella mix", a_cappella),
    plain("vocals only", a_cappella), plain("vocal only", a_cappella), plain("アカペラ", a_cappella),
    plain("アカペラバージョン", a_cappella), plain("清唱", a_cappella), plain("清唱版", a_cappella), plain("아카펠라", a_cappella),
    plain("акапелла", a_cappella), plain("orchestral", orchestral), plain("orchestral version", orchestral),
    plain("orchestral mix", orchestral), plain("orchestra", orchestral), plain("orchestra version", orchestral),
    plain("orchestra mix", orchestral), plain("orchestra ver", orchestral), plain("orchestral ver", orchestral),
    plain("symphonic", orchestral), plain("symphonic version", orchestral), plain("symphony version", orchestral),
    plain("with orchestra", orchestral), plain("strings version", orchestral), plain("string version", orchestral),
    plain("with strings", orchestral), plain("version orchestrale", orchestral),
    plain("version orquestal", orchestral), plain("orquestal", orchestral), plain("orchesterversion", orchestral),
    plain("オーケストラ", orchestral), plain("オーケストラバージョン", orchestral), plain("オーケストラ バージョン", orchestral),

    // another speed, another length
    plain("sped up", sped_up), plain("sped up version", sped_up), plain("spedup", sped_up),
    plain("speed up", sped_up), plain("speed up version", sped_up), plain("speeded up", sped_up),
    plain("super sped up", sped_up), plain("fast version", sped_up), plain("sped up remix", sped_up),
    plain("スピードアップ", sped_up), plain("加速版", sped_up), plain("slowed", slowed), plain("slowed version", slowed),
    plain("slowed down", slowed), plain("slowed down version", slowed), plain("slowed and reverb", slowed),
    plain("slowed reverb", slowed), plain("slowed and reverbed", slowed),
    plain("super slowed", slowed), plain("ultra slowed", slowed), plain("slow version", slowed),
    plain("slowed remix", slowed), plain("chopped and screwed", slowed), plain("screwed", slowed),
    plain("降速版", slowed), plain("nightcore", nightcore), plain("nightcore version", nightcore),
    plain("nightcore mix", nightcore), plain("nightcore remix", nightcore), plain("nightcore edit", nightcore),
    tail("extended", extended), tail("extended mix", extended), tail("extended version", extended),
    tail("extended ver", extended), tail("extended edit", extended), tail("extended play", extended),
    tail("extended club mix", extended), tail("extended dance mix", extended),
    tail("long version", extended), tail("long mix", extended), tail("maxi version", extended),
    tail("maxi single version", extended), plain("full length version", extended), plain("full version", extended),
    plain("full ver", extended), plain("version longue", extended), plain("version larga", extended),
    plain("version extendida", extended), plain("versione lunga", extended), plain("versao longa", extended),
    plain("lange version", extended), plain("ロングバージョン", extended), plain("フルバージョン", extended), plain("完整版", extended),
    tail("12 mix", extended), tail("12 version", extended), tail("12 single version", extended),
    tail("12 disco mix", extended), tail("12 inch", extended), tail("12 inch version", extended),
    tail("12 inch mix", extended), tail("12 remix", extended), tail("12 single", extended),
    tail("radio edit", radio_edit), tail("radio version", radio_edit), tail("radio mix", radio_edit),
    tail("radio cut", radio_edit), tail("radio single", radio_edit), plain("radio", radio_edit),
    tail("radioversion", radio_edit), tail("radio ver", radio_edit), tail("single edit", radio_edit),
    tail("airplay edit", radio_edit), tail("radio remix", radio_edit), tail("version radio", radio_edit),
    tail("edicion radio", radio_edit), tail("radio edition", radio_edit), tail("edit", edit), tail("edits", edit),
    tail("edit version", edit), tail("re edit", edit), tail("reedit", edit), plain("short edit", edit),
    plain("short version", edit), plain("short ver", edit), plain("short mix", edit), plain("short cut", edit),
    plain("version courte", edit), plain("version corta", edit), plain("versione breve", edit),
    plain("kurzversion", edit), plain("tv size", edit), plain("tv ver", edit), plain("tv version", edit),
    plain("tv edit", edit), plain("video edit", edit), plain("video version", edit), plain("album edit", edit),
    plain("tvサイズ", edit), plain("ショートバージョン", edit), plain("mixed", edit, "mixed"), plain("club edit", edit, "club"),

    // recorded again
    plain("re recorded", rerecorded), plain("rerecorded", rerecorded), plain("re recorded version", rerecorded),
    plain("rerecorded version", rerecorded), plain("re recording", rerecorded), plain("rerecording", rerecorded),
    plain("re record", rerecorded), plain("new recording", rerecorded), plain("newly recorded", rerecorded),
    plain("taylors version", rerecorded), plain("new version", rerecorded), plain("new ver", rerecorded),
    plain("nueva version", rerecorded), plain("nouvelle version", rerecorded), plain("nova versao", rerecorded),
    plain("nuova versione", rerecorded), plain("neuaufnahme", rerecorded), plain("neue version", rerecorded),
    plain("regrabado", rerecorded), plain("regrabada", rerecorded), plain("reimagined", rerecorded),
    plain("revisited", rerecorded), plain("redux", rerecorded), plain("re imagined", rerecorded),
    plain("再録", rerecorded), plain("新録", rerecorded), plain("セルフカバー", rerecorded), plain("重录版", rerecorded),
    plain("重錄版", rerecorded), plain("новая версия", rerecorded), version("version"), version("ver"), version("vers"),
    version("versao"), version("versione"), version("versja"), version("verze"), version("versio"), version("версия"),
    version("バージョン"), version("ヴァージョン"), version("버전"), version("版"),

    // sung in another language
    tongue("english", "english"), tongue("eng", "english"), tongue("in english", "english"),
    tongue("ingles", "english"), tongue("en ingles", "english"), tongue("em ingles", "english"),
    tongue("anglais", "english"), tongue("en anglais", "english"), tongue("englisch", "english"),
    tongue("englische", "english"), tongue("in inglese", "english"), tongue("英語版", "english"),
    tongue("英文版", "english"), tongue("英語", "english"), tongue("영어", "english"), tongue("영어 버전", "english"),
    tongue("на англииском", "english"), tongue("spanish", "spanish"), tongue("in spanish", "spanish"),
    tongue("espanol", "spanish"), tongue("en espanol", "spanish"), tongue("em espanhol", "spanish"),
    tongue("espanola", "spanish"), tongue("castellano", "spanish"), tongue("en castellano", "spanish"),
    tongue("espagnol", "spanish"), tongue("espagnole", "spanish"), tongue("en espagnol", "spanish"),
    tongue("spanische", "spanish"), tongue("in spagnolo", "spanish"), tongue("spagnola", "spanish"),
    tongue("на испанском", "spanish"), tongue("spanglish", "spanglish"), tongue("french", "french"),
    tongue("in french", "french"), tongue("francais", "french"), tongue("en francais", "french"),
    tongue("francaise", "french"), tongue("frances", "french"), tongue("en frances", "french"),
    tongue("em frances", "french"), tongue("franzosisch", "french"), tongue("franzosische", "french"),
    tongue("in francese", "french"), tongue("francese", "french"), tongue("法語版", "french"),
    tongue("german", "german"), tongue("in german", "german"), tongue("deutsch", "german"),
    tongue("deutsche", "german"), tongue("auf deutsch", "german"), tongue("aleman", "german"),
    tongue("en aleman", "german"), tongue("allemande", "german"), tongue("en allemand", "german"),
    tongue("tedesca", "german"), tongue("in tedesco", "german"), tongue("italian", "italian"),
    tongue("in italian", "italian"), tongue("italiano", "italian"), tongue("in italiano", "italian"),
    tongue("en italiano", "italian"), tongue("em italiano", "italian"), tongue("italiana", "italian"),
    tongue("italienne", "italian"), tongue("en italien", "italian"), tongue("italienische", "italian"),
    tongue("portuguese", "portuguese"), tongue("in portuguese", "portuguese"), tongue("portugues", "portuguese"),
    tongue("em portugues", "portuguese"), tongue("en portugues", "portuguese"), tongue("portuguesa", "portuguese"),
    tongue("portugaise", "portuguese"), tongue("brazilian portuguese", "portuguese"), tongue("japanese", "japanese"),
    tongue("jp", "japanese"), tongue("jpn", "japanese"), tongue("in japanese", "japanese"),
    tongue("japones", "japanese"), tongue("en japones", "japanese"), tongue("japonaise", "japanese"),
    tongue("日本語版", "japanese"), tongue("日本語", "japanese"), tongue("日本語バージョン", "japanese"),
    tongue("日本語 ver", "japanese"), tongue("日本語ver", "japanese"), tongue("日文版", "japanese"), tongue("일본어", "japanese"),
    tongue("일본어 버전", "japanese"), tongue("korean", "korean"), tongue("kor", "korean"), tongue("kr", "korean"),
    tongue("in korean", "korean"), tongue("coreano", "korean"), tongue("韓国語版", "korean"), tongue("韓文版", "korean"),
    tongue("韩文版", "korean"), tongue("韓語版", "korean"), tongue("韩语版", "korean"), tongue("한국어", "korean"),
    tongue("한국어 버전", "korean"), tongue("chinese", "chinese"), tongue("chn", "chinese"),
    tongue("in chinese", "chinese"), tongue("中文版", "chinese"), tongue("中文", "chinese"), tongue("中国語版", "chinese"),
    tongue("중국어 버전", "chinese"), tongue("mandarin", "mandarin"), tongue("國語版", "mandarin"), tongue("国语版", "mandarin"),
    tongue("國語", "mandarin"), tongue("国语", "mandarin"), tongue("华语版", "mandarin"), tongue("華語版", "mandarin"),
    tongue("普通话版", "mandarin"), tongue("cantonese", "cantonese"), tongue("粵語版", "cantonese"),
    tongue("粤语版", "cantonese"), tongue("粵語", "cantonese"), tongue("粤语", "cantonese"), tongue("russian", "russian"),
    tongue("in russian", "russian"), tongue("русская", "russian"), tongue("на русском", "russian"),
    tongue("ukrainian", "ukrainian"), tongue("украинская", "ukrainian"), tongue("polish", "polish"),
    tongue("polska", "polish"), tongue("po polsku", "polish"), tongue("czech", "czech"), tongue("dutch", "dutch"),
    tongue("nederlandse", "dutch"), tongue("swedish", "swedish"), tongue("svenska", "swedish"),
    tongue("pa svenska", "swedish"), tongue("norwegian", "norwegian"), tongue("norsk", "norwegian"),
    tongue("danish", "danish"), tongue("dansk", "danish"), tongue("finnish", "finnish"),
    tongue("suomeksi", "finnish"), tongue("hebrew", "hebrew"), tongue("בעברית", "hebrew"), tongue("arabic", "arabic"),
    tongue("بالعربية", "arabic"), tongue("hindi", "hindi"), tongue("tamil", "tamil"), tongue("telugu", "telugu"),
    tongue("punjabi", "punjabi"), tongue("malayalam", "malayalam"), tongue("kannada", "kannada"),
    tongue("turkish", "turkish"), tongue("turkce", "turkish"), tongue("greek", "greek"), tongue("thai", "thai"),
    tongue("indonesian", "indonesian"), tongue("bahasa indonesia", "indonesian"), tongue("vietnamese", "vietnamese"),
    tongue("tagalog", "tagalog"), tongue("catalan", "catalan"), tongue("catala", "catalan"),
    tongue("en catala", "catalan"), tongue("welsh", "welsh"), tongue("irish", "irish"),
    tongue("hungarian", "hungarian"), tongue("romanian", "romanian"), tongue("bilingual", "bilingual"),

    // parts of a record
    plain("reprise", reprise), plain("reprise version", reprise), plain("interlude", interlude),
    plain("intro", interlude, "intro"), plain("outro", interlude, "outro"), plain("skit", interlude, "skit"),
    plain("prelude", interlude, "prelude"), plain("interludio", interlude),

    // packaging
    tail("remaster", remaster), tail("remastered", remaster), plain("remasters", remaster),
    plain("re master", remaster), plain("re mastered", remaster), plain("remastering", remaster),
    plain("remasterizado", remaster), plain("remasterizada", remaster), plain("remasterizacion", remaster),
    plain("remasterise", remaster), plain("remasterisee", remaster), plain("rimasterizzato", remaster),
    plain("rimasterizzata", remaster), plain("remasterisiert", remaster), plain("remastrad", remaster),
    plain("newly remastered", remaster), plain("リマスター", remaster), plain("リマスター版", remaster),
    plain("リマスタリング", remaster), plain("デジタル リマスター", remaster), plain("重制版", remaster), plain("리마스터", remaster),
    plain("리마스터링", remaster), plain("ремастер", remaster), plain("ремастеринг", remaster),
    head("remastered by", remaster), plain("deluxe", deluxe),
    plain("deluxe edition", deluxe), plain("deluxe version", deluxe), plain("super deluxe", deluxe),
    plain("super deluxe edition", deluxe), plain("deluxe box set", deluxe), plain("box set", deluxe),
    plain("boxset", deluxe), plain("expanded", deluxe), plain("expanded edition", deluxe),
    plain("special edition", deluxe), plain("limited edition", deluxe), plain("collectors edition", deluxe),
    plain("platinum edition", deluxe), plain("legacy edition", deluxe), plain("complete edition", deluxe),
    plain("edicion especial", deluxe), plain("edicion deluxe", deluxe), plain("edicion de lujo", deluxe),
    plain("edicao especial", deluxe), plain("edition speciale", deluxe), plain("初回限定盤", deluxe), plain("豪华版", deluxe),
    plain("豪華版", deluxe), plain("bonus", bonus), plain("bonus track", bonus), plain("bonus tracks", bonus),
    plain("bonus version", bonus), plain("bonus song", bonus), plain("hidden track", bonus), plain("b side", bonus),
    plain("pista extra", bonus), plain("faixa bonus", bonus), plain("titre bonus", bonus), plain("bonustrack", bonus),
    plain("ボーナストラック", bonus), plain("ボーナス トラック", bonus), plain("pre order exclusive", bonus),
    plain("previously unreleased", bonus), plain("unreleased", bonus), head("bonus track from", bonus),
    plain("anniversary", anniversary), plain("anniversary edition", anniversary),
    plain("anniversary version", anniversary), plain("anniversary deluxe edition", anniversary),
    plain("aniversario", anniversary), plain("edicion aniversario", anniversary), plain("周年記念盤", anniversary),
    plain("mono", mono), plain("mono version", mono), plain("mono mix", mono), plain("mono single version", mono),
    plain("in mono", mono), plain("モノラル", mono), plain("stereo", stereo), plain("stereo version", stereo),
    plain("stereo mix", stereo), plain("in stereo", stereo), plain("stereo single version", stereo),
    plain("true stereo", stereo), plain("dolby atmos", stereo, "dolby atmos"), plain("8d audio", stereo, "8d"),
    plain("ステレオ", stereo), plain("album version", album_version), plain("album mix", album_version),
    plain("album ver", album_version), plain("original album version", album_version),
    plain("lp version", album_version), plain("ep version", album_version), plain("albumversion", album_version),
    plain("version album", album_version), plain("version del album", album_version),
    plain("versao do album", album_version), plain("アルバムバージョン", album_version), plain("アルバム版", album_version), plain("アルバム バージョン", album_version),
    plain("アルバムミックス", album_version), plain("studio version", album_version), plain("version studio", album_version),
    plain("studio recording", album_version), plain("ep", album_version), plain("single version", single_version),
    plain("single mix", single_version), plain("single ver", single_version), plain("single", single_version),
    plain("original single version", single_version), plain("original single mix", single_version),
    plain("e single version", single_version), plain("singleversion", single_version),
    plain("version single", single_version), plain("シングルバージョン", single_version), plain("シングル版", single_version), plain("シングル バージョン", single_version),
    tail("7 version", single_version), tail("7 mix", single_version), tail("7 edit", single_version),
    tail("7 single version", single_version), tail("7 inch", single_version),
    tail("7 inch version", single_version), tail("7 inch mix", single_version), tail("7 single", single_version),
    plain("45 version", single_version), plain("single version edit", single_version), plain("explicit", explicit_),
    plain("explicit version", explicit_), plain("explicit album version", explicit_), plain("dirty", explicit_),
    plain("dirty version", explicit_), plain("uncensored", explicit_), plain("parental advisory", explicit_),
    plain("clean", clean), plain("clean version", clean), plain("clean edit", clean),
    plain("clean radio edit", clean), plain("edited", clean), plain("edited version", clean),
    plain("censored", clean), plain("album version edited", clean), plain("radio clean", clean),
    plain("soundtrack version", other, "soundtrack"), plain("film version", other, "soundtrack"),
    plain("movie version", other, "soundtrack"), plain("us version", other, "us"), plain("spotify version", other, "spotify"), plain("uk version", other, "uk"),
    plain("european version", other, "european"), plain("international version", other, "international"),
    plain("us mix", other, "us"), plain("uk mix", other, "uk"), plain("main version", other),
    plain("main mix", other), plain("spotify exclusive", other), plain("title track", other),
    plain("theme song", other),

    // says nothing
    noise("original"), noise("original version"), noise("original mix"), noise("original recording"),
    noise("original ver"), noise("original track"), noise("version original"), noise("version originale"),
    noise("versao original"), noise("versione originale"), noise("originalversion"), noise("the original"),
    noise("オリジナル"), noise("オリジナルバージョン"), noise("原版"), noise("原唱"), noise("official"), noise("oficial"),
    noise("officiel"), noise("official video"), noise("official music video"), noise("official audio"),
    noise("official music audio"), noise("official lyric video"), noise("official lyrics video"),
    noise("official visualizer"), noise("official visualiser"), noise("official visual"), noise("official hd video"),
    noise("official 4k video"), noise("official live video"), noise("official mv"), noise("official m v"),
    noise("official stream"), noise("official track stream"), noise("track stream"), noise("stream"),
    noise("official track"), noise("official song"), noise("official single"), noise("music video"),
    noise("music audio"), noise("lyric video"), noise("lyrics video"), noise("video"), noise("audio"),
    noise("visualizer"), noise("visualiser"), noise("visual"), noise("audio only"), noise("hd audio"),
    noise("hq audio"), noise("audio oficial"), noise("video oficial"), noise("videoclip"), noise("video clip"),
    noise("videoclip oficial"), noise("video clip oficial"), noise("clip officiel"), noise("clip"),
    noise("video officiel"), noise("video clip officiel"), noise("offizielles video"),
    noise("offizielles musikvideo"), noise("musikvideo"), noise("video musical"), noise("video ufficiale"),
    noise("videoclip ufficiale"), noise("teledysk"), noise("lyrics"), noise("lyric"), noise("with lyrics"),
    noise("letra"), noise("letra lyrics"), noise("con letra"), noise("paroles"), noise("testo"), noise("legendado"),
    noise("sub espanol"), noise("subtitulado"), noise("hd"), noise("hq"), noise("4k"), noise("full hd"),
    noise("1080p"), noise("720p"), noise("uhd"), noise("mv"), noise("m v"), noise("pv"), noise("amv"), noise("vevo"),
    noise("out now"), noise("free download"), noise("free dl"), noise("new song"), noise("teaser"), noise("премьера"),
    noise("премьера клипа"), noise("клип"), noise("официальное видео"), noise("официальныи клип"), noise("аудио"),
    noise("公式"), noise("官方mv"), noise("官方 mv"), noise("官方"), noise("官方版"), noise("歌詞付き"), noise("歌词版"), noise("動態歌詞"),
    noise("공식"), noise("뮤직비디오"), noise("가사"), noise("album track"), noise("complete"), noise("full song"),
    noise("full audio"), noise("full track"), noise("song"), credit("prod by"), credit("prod"), credit("produced by"),
    credit("written by"), credit("directed by"), credit("dir by"),

    // soundtracks and shows
    context("from"), context("from the"), context("theme from"), context("theme from the"),
    context("main theme from"), context("love theme from"), context("end title from"), context("title song from"),
    context("title track from"), context("music from"), context("music from the"), context("song from"),
    context("original song from"), context("original song from the"), context("original track from"),
    context("as featured in"), context("as featured on"), context("as heard in"), context("featured in"),
    context("soundtrack from"), context("soundtrack of"), context("original soundtrack from"),
    context("aus dem film"), context("du film"), context("bande originale du film"), context("bof"),
    context("tire du film"), context("extrait du film"), context("de la pelicula"), context("banda sonora de"),
    context("banda sonora original de"), context("do filme"), context("trilha sonora de"), context("dal film"),
    context("из фильма"), context("из кинофильма"), context("из к ф"), context("из сериала"), context("ost"),
    context("original soundtrack"), source("soundtrack"), source("original motion picture soundtrack"),
    source("motion picture soundtrack"), source("original television soundtrack"),
    source("original series soundtrack"), source("original game soundtrack"), source("game soundtrack"),
    source("original score"), source("movie soundtrack"), source("film soundtrack"), source("original sound track"),
    source("banda sonora"), source("banda sonora original"), source("bande originale"), source("trilha sonora"),
    source("colonna sonora"), source("サウンドトラック"), source("オリジナル サウンドトラック"), source("主題歌"), source("主题曲"),
    source("主題曲"), source("片尾曲"), source("片头曲"), source("片頭曲"), source("插曲"), source("opening theme"),
    source("ending theme"),

    filler("the"), filler("and"), filler("edition"), filler("ed"), filler("digital"), filler("digitally"),
    filler("full"), filler("track"), filler("recording"), filler("recorded"), filler("mastered"), filler("edicion"),
    filler("edicao"), filler("year"), filler("years"), filler("new"), filler("bit"), filler("hi res"), filler("24"),
    filler("96khz"), filler("only"), filler("et"), filler("y"), filler("und"), filler("performance"),
    filler("take"), filler("lyrics version"), noise("hd mix"), noise("main"),

});
// clang-format on

// A phrase that is listed as it is written (現場, بالعربية) is found by its normal form.
std::string_view in_normal_form(std::string_view phrase) {
    static std::deque<std::string> kept;
    std::string normal = normalize(phrase);
    return normal == phrase ? phrase : std::string_view(kept.emplace_back(std::move(normal)));
}

const auto& by_text() {  // at first use: too many steps for a constant expression
    static const auto table = [] {
        auto sorted = listed;
        for (Phrase& phrase : sorted) phrase.text = in_normal_form(phrase.text);
        std::ranges::sort(sorted, {}, &Phrase::text);
        return sorted;
    }();
    return table;
}

constexpr auto sentence_words = std::to_array<std::string_view>({
    "you",     "your",  "u",    "ya",       "yourself", "me",        "my",      "mine",     "myself",  "us",
    "our",     "him",   "his",  "her",      "them",     "their",     "it",      "its",      "this",    "that",
    "these",   "those", "or",   "and",      "a",        "an",        "no",      "every",    "each",    "all",
    "another", "now",   "then", "here",     "there",    "where",     "above",   "below",    "beyond",  "within",
    "without", "afar",  "time", "today",    "tomorrow", "yesterday", "scratch", "heaven",   "hell",    "love",
    "what",    "whom",  "who",  "somebody", "someone",  "anyone",    "nobody",  "everyone", "nothing", "everything",
    "one",     "both",  "head", "top",
});

}  // namespace

const Phrase* find_phrase(std::string_view normalized) noexcept {
    const auto& table = by_text();
    const auto* found = std::ranges::lower_bound(table, normalized, {}, &Phrase::text);
    return found != table.end() && found->text == normalized ? found : nullptr;
}

std::span<const Phrase> all_phrases() noexcept { return listed; }

bool continues_a_sentence(std::string_view normalized_word) noexcept {
    return std::ranges::find(sentence_words, normalized_word) != sentence_words.end();
}

}  // namespace musicsync::text
