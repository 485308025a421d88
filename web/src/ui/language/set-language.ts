import i18next from 'i18next';
import { pickLanguage, rememberLanguage } from '@/lib/language';

/** Speaks another language from now on, on this device. `null` follows the browser again. */
export async function setLanguage(tag: string | null): Promise<void> {
  const language = pickLanguage([tag, ...navigator.languages]);
  rememberLanguage(localStorage, tag === null ? null : language);
  if (i18next.language !== language) await i18next.changeLanguage(language);
}
