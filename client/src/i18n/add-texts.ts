import i18next from 'i18next';
import type { vi } from './vi/index.ts';

type Texts = typeof vi;

/** Adds Vietnamese texts that a page brings along; the first page needs few of them. */
export function addTexts(texts: { readonly [N in keyof Texts]?: Texts[N] }): void {
  for (const [namespace, words] of Object.entries(texts)) i18next.addResourceBundle('vi', namespace, words);
}
