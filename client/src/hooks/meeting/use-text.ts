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
  const fixed = i18next.getFixedT(language, 'meeting');
  const known = new Map<unknown, unknown>();
  const text = new Proxy(fixed, {
    apply: (target, self, given) => {
      if (given.length !== 1) return Reflect.apply(target, self, given);
      const [key] = given;
      if (!known.has(key)) known.set(key, Reflect.apply(target, self, given));
      return known.get(key);
    },
  });
  texts.set(language, text);
  return text;
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
