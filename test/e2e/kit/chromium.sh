#!/usr/bin/env bash
# The system's Chromium without the two pages it keeps ready behind the address bar of every window: each costs a process, and nobody sees one here.
# What Playwright switches off stays off: of two lists Chromium heeds the last alone.
exec "${CHROMIUM:-/usr/bin/chromium}" "${@/#--disable-features=/--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,}"
