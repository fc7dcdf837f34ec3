#!/usr/bin/env bash
# The system's Chromium: the one without a window where it is installed, since it starts and draws with less; else the usual one without the two pages it keeps
# ready behind the address bar of every window, each of which costs a process. What Playwright switches off stays off: of two lists Chromium heeds the last alone.
shell=/usr/bin/chromium-headless-shell
[ -x "$shell" ] || shell=/usr/bin/chromium
exec "${CHROMIUM:-$shell}" "${@/#--disable-features=/--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,}"
