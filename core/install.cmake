# The C++ package: headers, the static library, and what find_package(musicsync) reads. docs/packaging.md shows its use.
if(SKBUILD)
  return()  # a wheel holds the Python module only
endif()
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(MUSICSYNC_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/musicsync)
set_target_properties(musicsync_core PROPERTIES EXPORT_NAME core)
install(TARGETS musicsync_core EXPORT musicsync-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/musicsync DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(EXPORT musicsync-targets NAMESPACE musicsync:: DESTINATION ${MUSICSYNC_PACKAGE_DIR})

configure_package_config_file(musicsync-config.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/musicsync-config.cmake
                              INSTALL_DESTINATION ${MUSICSYNC_PACKAGE_DIR})
# Before 1.0 every second number may break: 0.2 does not stand in for 0.1.
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/musicsync-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/musicsync-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/musicsync-config-version.cmake
        DESTINATION ${MUSICSYNC_PACKAGE_DIR})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
