import type { TFunction } from 'i18next';
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';

type Text = TFunction<'meeting'>;

function subscribe(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

const texts = new Map<string, Text>();

/** A room says hundreds of the same words each time it is drawn: those without gaps are looked up once a language. */
function textIn(language: string): Text {
  const made = texts.get(language);
  if (made !== undefined) return made;
  const fixed = i18next.getFixedT(language, 'meeting') as (key: string, gaps?: object) => string;
  const known = new Map<string, string>();
  const text = (key: string, gaps?: object) => {
    if (gaps !== undefined) return fixed(key, gaps);
    const words = known.get(key) ?? fixed(key);
    known.set(key, words);
    return words;
  };
  texts.set(language, text as Text);
  return text as Text;
}

const present = () => i18next.language;

/** @returns the texts of the meeting room in the reader's language. */
export function useText(): Text {
  return textIn(useSyncExternalStore(subscribe, present));
}

/** @returns the reader's language, for dates and numbers. */
export function useLocale(): string {
  return useSyncExternalStore(subscribe, present) === 'en' ? 'en-GB' : 'vi-VN';
}
