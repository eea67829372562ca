// write_han_tables FOLDER: writes the two Han tables into it (core/src/normalize). By hand, when ICU's data moved on.
#include <fstream>
#include <string>

#include "han_tables.hpp"

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const std::string folder = argv[1];
    std::ofstream simplified(folder + "/han_simplified.hpp", std::ios::binary);
    simplified << musicsync::tools::simplified_header();
    std::ofstream pinyin(folder + "/han_pinyin.hpp", std::ios::binary);
    pinyin << musicsync::tools::pinyin_header();
    return simplified.flush() && pinyin.flush() ? 0 : 1;
}
