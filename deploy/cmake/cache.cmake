# Where deploy/setup put what it fetched: outside the checkout, so a fresh clone need not fetch again.
if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
  set(VIGNETTE_CACHE "$ENV{XDG_CACHE_HOME}/vignette")
else()
  set(VIGNETTE_CACHE "$ENV{HOME}/.cache/vignette")
endif()
