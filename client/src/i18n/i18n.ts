import type { Language } from '@diemcau/shared/protocol/socket.ts';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { shell } from './vi/shell.ts';
import { signIn } from './vi/sign-in.ts';

const key = 'diemcau.language';

function remembered(): Language {
  try {
    return localStorage.getItem(key) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

/** @returns the language that the page speaks now. */
export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'vi';
}

/** Makes the page speak another language; its texts are loaded when they are first wanted. */
export async function speak(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'shell')) {
    const { en } = await import('./en/index.ts');
    for (const [namespace, texts] of Object.entries(en)) i18next.addResourceBundle('en', namespace, texts);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(key, language);
  } catch {
    // The choice then holds for this visit.
  }
}

/** Begins with Vietnamese, or with the language chosen on an earlier visit. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'vi',
    fallbackLng: 'vi',
    defaultNS: 'shell',
    // What stands on the first page; other pages bring their own.
    resources: { vi: { shell, signIn } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  if (remembered() === 'en') await speak('en');
}
