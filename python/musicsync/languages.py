"""Word lists and name patterns in sixteen languages, for the generator of plausible tracks.

A pattern's capital letters stand for a word of the list with that name, other text for itself: "The A Ns" with the
lists A and N gives "The Paper Lanterns".
"""

import re
from dataclasses import dataclass

Pattern = tuple[tuple[str, ...], ...]
"""One tuple of choices for each piece of a phrase, in order."""


@dataclass(frozen=True)
class Language:
    """How titles and artists' names are made in one language; `share` is the fraction of artists, all sum to 1."""

    share: float
    titles: tuple[Pattern, ...]
    artists: tuple[Pattern, ...]


_SMALL_WORDS = frozenset(["a", "at", "by", "for", "in", "of", "on", "over", "the", "to", "under", "until", "with"])


def _title_case(text: str) -> str:
    return " ".join(word if word in _SMALL_WORDS else word[0].upper() + word[1:] for word in text.split(" "))


def _language(share: float, titles: str, artists: str, title_case: bool = False, **words: str) -> Language:
    lists = {key: tuple(text.split(",")) for key, text in words.items()}
    if title_case:
        lists = {key: tuple(_title_case(word) for word in choices) for key, choices in lists.items()}

    def compiled(patterns: str) -> tuple[Pattern, ...]:
        # A list's letter is not followed by the rest of a word; a plural "s" is allowed.
        pieces = (re.split(r"([A-Z])(?![a-rt-z]|s[a-z])", pattern) for pattern in patterns.split("|"))
        return tuple(tuple(lists.get(piece, (piece,)) for piece in split if piece) for split in pieces)

    return Language(share, compiled(titles), compiled(artists))


LANGUAGES = (
    _language(
        0.42,
        "A N|A N|The N T|N T|V the N|V T|N and N|A|My A N|When the N T|No More N|V Me T|A N (V the N)|N in P",
        "The A Ns|The Ns|F S|F S|F S|A N|F & the Ns|N N|F S Trio|P N Club|DJ F|The F S Band",
        title_case=True,
        A="amber,broken,careless,distant,electric,faded,gentle,golden,hollow,hidden,idle,jagged,kind,lonely,lunar,marble,"
        "midnight,neon,northern,paper,quiet,restless,rusty,scarlet,silver,sleepless,slow,southern,stolen,tender,velvet,"
        "violet,wandering,wicked,winter,wooden,yellow,young",
        N="anchor,arrow,avenue,balloon,candle,carousel,comet,meadow,crow,daylight,ember,engine,feather,fever,garden,"
        "harbor,heart,highway,island,kite,lantern,letter,lighthouse,mirror,moth,mountain,ocean,orchard,pilot,radio,"
        "rain,river,satellite,shadow,signal,sparrow,station,stranger,summer,thunder,tiger,town,train,valley,window",
        V="burn,call,carry,chase,count,cross,drive,find,follow,forget,hold,keep,leave,lose,paint,remember,ride,save,"
        "shake,steal,turn,wake,watch,write",
        T="after dark,all over again,at the border,before morning,by the water,for a while,from the start,in the rain,"
        "in your name,inside out,like a stone,on the line,one more time,out of town,tonight,under the bridge lights,"
        "until tomorrow,without a sound,without you",
        P="Aberdeen,Baltimore,Cardiff,Denver,El Paso,Galway,Halifax,Leeds,Memphis,Oslo,Perth,Reno,Tulsa,Utrecht",
        F="Ada,Amos,Beatrix,Clem,Delia,Edgar,Esme,Fitz,Greta,Harlan,Imogen,Jonah,Juno,Keziah,Lemuel,Mabel,Nell,Otis,"
        "Perry,Quill,Rufus,Sadie,Silas,Tamsin,Ursula,Vernon,Wilma,Zadie",
        S="Abernathy,Birchwood,Coldharbour,Dunmore,Eastlake,Farthing,Greaves,Hollowell,Ivorsen,Kettering,Larkspur,"
        "Mossman,Netherby,Oakhurst,Pellworth,Quimby,Rushmere,Stannard,Thistlewood,Umber,Vantongeren,Wexcombe,Yarrow",
    ),
    _language(
        0.09,
        "N T|N T|V T|N y N|V mi N|La última N",
        "F S|F S|Los S|N T|F y F",
        N="luna,noche,carretera,ventana,canción,sombra,lluvia,estación,montaña,señal,mañana,guitarra,ciudad,niebla,"
        "promesa,frontera,fogata,marea",
        T="de abril,sin ti,en la orilla,bajo el balcón,de papel,del sur,contra el viento,de otoño,al amanecer",
        V="baila,canta,quédate,vuelve,escucha,olvida,despierta,enciende,corre",
        F="Ainhoa,Benicio,Camilo,Dulce,Efraín,Fabiola,Iker,Jimena,Lautaro,Maite,Nahuel,Pilar,Rocío,Tomás",
        S="Arizmendi,Bustos,Carrasquilla,Echegaray,Fuentealba,Ibáñez,Larrañaga,Muñiz,Olmedo,Peñaloza,Quiñones,Urrutia",
    ),
    _language(
        0.05,
        "N T|N T|N e N|V T",
        "F S|F S|Os S|N T",
        N="sertão,coração,janela,maré,saudade,madrugada,varanda,estrada,violão,chuva,manhã,cidade,jangada",
        T="do norte,sem você,na beira do rio,de verão,outra vez,depois do carnaval,em março,de papel",
        V="volta,espera,canta,dança,escuta,acorda",
        F="Anaí,Caetana,Davi,Flávia,Iara,João,Jussara,Luã,Nuno,Otávio,Rúbia,Tainá",
        S="Aragão,Bragança,Conceição,Furtado,Guimarães,Leitão,Magalhães,Quintão,Sampaio,Valadão",
    ),
    _language(
        0.06,
        "Le N T|Un N T|N T|V T|Mon N|N et N",
        "F S|F S|Les Ns|N T",
        N="matin,jardin,train,manège,phare,miroir,voyage,silence,navire,papillon,soleil,carnet,soir,café,rivage",
        T="sans toi,de minuit,à la fenêtre,sous la pluie,d'octobre,du dimanche,au bord de l'eau,en papier,à demi-mot",
        V="danse,reviens,écoute,oublie,rêve,attends",
        F="Agathe,Basile,Céleste,Désiré,Éloïse,Fabrice,Gaëlle,Hélène,Léonie,Maël,Noé,Zoé",
        S="Aubrée,Bécaud-Lenoir,Chaptal,Delaunay,Fontclair,Guérin,Lefèvre,Marchand,Péronne,Vauquelin",
    ),
    _language(
        0.05,
        "N T|N T|N und N|V T",
        "F S|F S|Die N|N T",
        N="Nächte,Straßen,Wälder,Träume,Brücken,Wolken,Laternen,Briefe,Gärten,Schatten,Vögel,Züge,Küsten",
        T="im Regen,ohne dich,über der Stadt,bis zum Morgen,aus Papier,am Fluss,für später,im März,nach Süden",
        V="bleib,tanz,komm zurück,vergiss es,atme,warte",
        F="Anneliese,Björn,Cäcilie,Detlef,Frauke,Götz,Henrike,Jörg,Käthe,Lüder,Silke,Wiebke",
        S="Ahlbrecht,Böttcher,Dönhoff,Finkenwerder,Grünspan,Hölter,Kranich,Löwenthal,Mühlhaus,Sturmfels",
    ),
    _language(
        0.03,
        "N T|N e N|V T",
        "F S|N T",
        N="notti,strade,lettere,finestre,onde,stelle,parole,colline,fotografie,città",
        T="senza te,di settembre,sul mare,di carta,fino all'alba,perché no,nel vento",
        V="resta,balla,torna,ascolta",
        F="Alvise,Bianca,Cosimo,Fiorella,Ginevra,Ottavio,Renzo,Tosca",
        S="Bellincioni,Carraresi,Dell'Orto,Fogliani,Malaspina,Pontevecchio,Tagliabò",
    ),
    _language(
        0.02,
        "N T|N ve N|V T",
        "F S|F S|N T",
        N="gece,yağmur,deniz,şarkı,gölge,rüzgâr,yıldız,yol,güneş,şehir,çiçek",
        T="sensiz,bu akşam,uzaklarda,yeniden,İstanbul'da,sabaha kadar",
        V="dön,unutma,bekle,söyle,gülümse",
        F="Aslı,Barış,Çağla,Doğan,Ebru,Gökhan,İpek,Tuğçe",
        S="Akçay,Bozdağ,Çelikkol,Güneşer,Işıldar,Özgür,Şahinbaş",
    ),
    _language(
        0.05,
        "N T|N T|N и N|V T",
        "F S|F S|N T",
        N="дорога,весна,река,звезда,тень,гроза,метель,песня,улица,луна,тишина,память,осень,станция",
        T="без тебя,над рекой,до утра,на севере,в октябре,под дождём,для двоих,у окна,после бури",
        V="вспомни,не молчи,возвращайся,позови,смотри",
        F="Аглая,Богдан,Варвара,Глеб,Ефим,Злата,Лада,Мирон,Пётр,Ульяна,Фёдор",
        S="Берёзко,Вербицких,Журавко,Заречных,Кленовых,Озерных,Снежко,Черных",
    ),
    _language(
        0.03,
        "N T|N και N|V T",
        "F S|N T",
        N="θάλασσα,νύχτα,βροχή,καρδιά,γειτονιά,άνοιξη,σκιά,φωτιά",
        T="χωρίς εσένα,στο λιμάνι,μέχρι το πρωί,του Μάη,στην άκρη",
        V="γύρισε,θυμήσου,χόρεψε,μείνε",
        F="Ανθή,Θωμάς,Λυδία,Ορφέας,Φώτης",
        S="Αρμένης,Βλαστού,Καλλέργης,Πεύκος,Χαλικιά",
    ),
    _language(
        0.035,
        "NのN|AN|NのN|N|AN〜V〜",
        "SF|SF|NのN|AN",
        N="夜明け,花火,海岸,手紙,季節,星空,駅,雨傘,約束,風鈴,影,夕焼け,メロディ,ラジオ,カーテン",
        A="青い,遠い,静かな,最後の,小さな,眠れない,透明な",
        V="忘れないで,もう一度,君を待つ,歩き出す",
        F="葵,健太,さくら,翔,ひかり,陽菜,湊,ゆい,蓮",
        S="雨宮,石動,霧島,小鳥遊,月岡,七瀬,八乙女,柚木",
    ),
    _language(
        0.04,
        "A N|N의 N|N|V N",
        "SF|SF|A N",
        N="바다,별,편지,계절,그림자,노래,창문,골목,새벽,우산,정거장,꿈",
        A="푸른,오래된,조용한,마지막,작은,낯선",
        V="기억해,돌아와,기다려,불러줘",
        F="가온,다온,라희,민서,보람,서준,하늘",
        S="강,남궁,독고,선우,윤,제갈,황보",
    ),
    _language(
        0.035,
        "A的N|N與N|V的N|N|最後的N",
        "SF|SF|A的N",
        N="夜空,車站,海岸線,雨季,影子,信箋,旅人,花火,城市,秋天,月光,風鈴",
        A="遙遠,沉默,透明,藍色,溫柔,褪色",
        V="忘記,等待,追逐,借來",
        F="雅晴,子墨,以沫,若溪,書航,語桐",
        S="歐陽,慕容,司徒,葉,沈,顧,上官",
    ),
    _language(
        0.025,
        "N T|N وN|V T",
        "F S|F S",
        N="ليل,قمر,طريق,مطر,شباك,غربة,وردة,موج,حنين",
        T="بلا عنوان,من بعيد,على الشط,في الشتاء,حتى الصباح",
        V="ارجع,لا تنسى,قل لي,انتظر",
        F="بدر,جميلة,ريم,سامر,ليان,نادين",
        S="البحار,الحداد,الزيتوني,القمري,الياسميني",
    ),
    _language(
        0.015,
        "N T|N ועוד N|V T",
        "F S|F S",
        N="לילה,גשם,רחוב,ים,שיר,חלון,כוכב",
        T="בלעדייך,עד הבוקר,ליד הים,בסתיו,מרחוק",
        V="תחזור,אל תשכח,חכה,בוא הביתה",
        F="אורי,יעלה,נועם,תמר,שירה",
        S="אלמוג,ברקת,גלבוע,כרמון,נחשון",
    ),
    _language(
        0.025,
        "N T|N और N|V T",
        "F S|F S",
        N="चाँद,बारिश,रास्ता,सपना,खिड़की,सावन,शाम,दरिया",
        T="तेरे बिना,फिर से,दूर कहीं,सुबह तक,इस पार",
        V="लौट आ,सुन ज़रा,याद है,चल मेरे साथ",
        F="अद्विका,ईशान,काव्या,नील,मीरा,रुद्र",
        S="अवस्थी,चंदेल,त्रिवेणी,बागची,राठी",
    ),
    _language(
        0.025,
        "NT|VN|N|NT",
        "F S|วงN",
        N="ทะเล,ดวงดาว,สายฝน,ความฝัน,หน้าต่าง,ถนน,เงา,บทเพลง",
        T="ของเธอ,ในใจ,คืนนี้,ที่หายไป,ไกลบ้าน",
        V="รอ,คิดถึง,ลืม,ฝากไว้กับ",
        F="กานต์,ดาริน,ปกรณ์,มะลิ,วายุ",
        S="จันทร์ฉาย,ดอนกลาง,ศรีธารา,แสงเดือน",
    ),
)
VENUES = (
    "the Old Granary",
    "Harbor Hall",
    "Lakeside Arena",
    "the Blue Room",
    "Teatro Norte",
    "Halle 9",
    "KEXQ Studios",
)
