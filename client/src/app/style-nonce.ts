declare global {
  /** Where the scroll lock behind dialogs looks for the nonce of its style element. */
  var __webpack_nonce__: string | undefined;
}

/**
 * The page's own word by which the browser knows the style elements that the page itself makes; the server says it in the
 * page and in its policy, another one each time. Empty where no policy was sent.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Tells the libraries that make style elements outside of React. */
export function shareStyleNonce(): void {
  globalThis.__webpack_nonce__ = styleNonce();
}
