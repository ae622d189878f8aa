/** What the browser lets a page do about picture and sound. */
export type BrowserReach = 'full' | 'insecure' | 'unsupported' | 'inApp';

export type InApp = 'zalo' | 'facebook' | 'other';

/** Browsers inside of other apps, by what they say of themselves. */
const inApps: readonly (readonly [InApp, RegExp])[] = [
  ['zalo', /\bZalo/i],
  ['facebook', /\b(?:FBAN|FBAV|FB_IAB|FBIOS|Messenger)\b/],
  ['other', /\b(?:Instagram|musical_ly|BytedanceWebview|Line\/|MicroMessenger)|; wv\)/],
];

/** @returns the app whose own browser this is; null for a browser that stands for itself. */
export function inAppOf(userAgent: string): InApp | null {
  return inApps.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null;
}

/** @returns whether the browser knows WebRTC at all. */
export function hasWebRtc(): boolean {
  return 'RTCPeerConnection' in window;
}

/** @returns what this browser can do; votes and programme work in each. */
export function browserReach(): BrowserReach {
  if (!window.isSecureContext) return 'insecure';
  if (!hasWebRtc() || navigator.mediaDevices === undefined) return 'unsupported';
  return inAppOf(navigator.userAgent) === null ? 'full' : 'inApp';
}
