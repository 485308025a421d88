import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { formatLocale } from '@/lib/language';

/** What the signed-in person has chosen; the browser decides what they have not. */
interface Choice {
  locale: string | null;
  timeZone: string | undefined;
}

const listeners = new Set<() => void>();
let choice: Choice = { locale: null, timeZone: undefined };

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** Times and numbers are shown this way from now on. */
export function chooseFormats(locale: string | null | undefined, timeZone: string | null | undefined): void {
  const next = { locale: locale ?? null, timeZone: timeZone && isTimeZone(timeZone) ? timeZone : undefined };
  if (next.locale === choice.locale && next.timeZone === choice.timeZone) return;
  choice = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The browser's own list does not change while it runs, and every time on the screen asks. */
const locales = new Map<string, string>();

function localeFor(language: string, chosen: string | null): string {
  const key = `${language} ${chosen ?? ''}`;
  const known = locales.get(key);
  if (known !== undefined) return known;
  const locale = formatLocale(language, [chosen, ...navigator.languages]);
  locales.set(key, locale);
  return locale;
}

/** The locale and the time zone to write dates and numbers in. */
export function useFormats(): { locale: string; timeZone: string | undefined } {
  const { i18n } = useTranslation();
  const { locale, timeZone } = useSyncExternalStore(subscribe, () => choice);
  return { locale: localeFor(i18n.language, locale), timeZone };
}
