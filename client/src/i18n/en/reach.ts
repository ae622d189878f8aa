import type { SameKeys } from '../texts.ts';
import type { reach as vi } from '../vi/reach.ts';

export const reach: SameKeys<typeof vi> = {
  check: {
    title: 'Test the line',
    intro:
      'This page tests in some 15 seconds whether your device and network can hold a meeting. Nothing is recorded.',
    start: 'Start the test',
    again: 'Test again',
    running: 'Testing…',
    back: 'Back',
    verdict: {
      good: 'A good line: take part with picture and sound.',
      fair: 'A usable line: choose “Sound only” when pictures falter.',
      poor: 'A weak line: choose “Sound only”, or “Votes and programme only”.',
      blocked: 'This network blocks picture and sound: you can only vote and follow the programme.',
      dataOnly: 'This device can vote and follow the programme, but has no picture and sound.',
      offline: 'The server could not be reached.',
    },
    offlineHint: 'Check Wi-Fi or mobile data, then press Test again.',
    trip: 'Round trip',
    tripGood: '{{value}} milliseconds: talk is natural.',
    tripFair:
      '{{value}} milliseconds: sound may lag. Move closer to the Wi-Fi, or switch off what else uses it.',
    tripPoor: '{{value}} milliseconds: sound comes late. Better use another network.',
    down: 'Speed of receiving',
    up: 'Speed of sending',
    rate: '{{value}} kbit/s',
    rateGood: 'Enough for picture and sound.',
    rateFair: 'Enough for sound and some small pictures.',
    ratePoor: 'Just enough for sound. Choose “Sound only”.',
    rateNone: 'Not enough for sound. You can still vote.',
    webrtc: 'Picture and sound in the browser',
    webrtcYes: 'This browser can do it.',
    webrtcNo: 'This browser can’t. Open the page in a recent Chrome, Safari, Cốc Cốc or Firefox.',
    webrtcInsecure: 'The page was opened over http, so the browser forbids it. Open the address with https.',
    devices: 'Camera and microphone',
    devicesBoth: 'Camera and microphone are there.',
    devicesMicrophone: 'A microphone, no camera: take part with sound.',
    devicesCamera: 'A camera, no microphone: you see and hear; to speak, send a written opinion.',
    devicesNone: 'Neither camera nor microphone: you still hear, see and vote.',
    socket: 'Standing connection to the server',
    socketYes: 'It stands: programme and votes arrive at once.',
    socketNo:
      'This network blocks the fast kind of connection (WebSocket): meetings work, but slower. Ask who runs the network.',
    media: 'The way of picture and sound',
    mediaWords: {
      udp: 'Clear: picture and sound go straight to the server (UDP).',
      tcp: 'This network blocks UDP, so picture and sound go by TCP: it works, at times a little slower. To be faster, ask who runs the network to open UDP port {{ports}}.',
      relay:
        'Picture and sound have to go round by a relay: it works, at times a little slower. To be faster, ask who runs the network to open port {{ports}} (UDP and TCP).',
      none: 'They don’t get through. Ask who runs the network to open port {{ports}} (UDP and TCP), or use another network, such as mobile data.',
      signedOut:
        'Not tried: sign in and open this page again to learn whether picture and sound get through.',
      unavailable: 'Not tried: the server has no picture and sound now. Votes and programme work.',
      untried: 'Could not be tried. Wait a minute and press Test again.',
    },
  },
  inApp: {
    title: 'Open in a browser for picture and sound',
    text: 'You opened this page inside {{app}}. The browser inside {{app}} doesn’t allow full picture and sound.',
    unsupported: 'This browser has no live picture and sound (WebRTC).',
    zalo: 'Press the three dots at the top right and choose “Open in browser”.',
    facebook: 'Press the three dots at the top right and choose “Open in external browser”.',
    other: 'Copy the address below, open Chrome (Android) or Safari (iPhone) and paste it there.',
    openChrome: 'Open in Chrome',
    copy: 'Copy the address',
    copied: 'Copied',
    goOn: 'Go on with votes and programme only',
    goOnHint: 'No sound, no picture; you still check in, vote and ask to speak.',
    names: { zalo: 'Zalo', facebook: 'Facebook', other: 'another app' },
  },
};
