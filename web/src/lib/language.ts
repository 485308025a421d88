/** The languages of the application, each named in itself. The first is the source. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof LANGUAGES;

/** English between brackets and a third longer: shows in tests what is not translated and what does not fit. */
export const PSEUDO = 'en-XA';

const KEY = 'steward.language';

/** Narrows a text to a language of the application. */
export function isLanguage(text: string | null | undefined): text is Language {
  return typeof text === 'string' && Object.hasOwn(LANGUAGES, text);
}

/** The language of the first tag that there is one for; English when there is none. */
export function pickLanguage(tags: readonly (string | null | undefined)[]): Language | typeof PSEUDO {
  for (const tag of tags) {
    if (tag === PSEUDO) return PSEUDO;
    const base = tag?.split('-')[0]?.toLowerCase();
    if (isLanguage(base)) return base;
  }
  return 'en';
}

/** How dates and numbers are written: the first tag of that language says it better than the language alone. */
export function formatLocale(language: string, tags: readonly (string | null | undefined)[]): string {
  const base = language.split('-')[0] ?? 'en';
  const isUsable = (tag: string | null | undefined): tag is string => {
    if (!tag || tag === PSEUDO || tag.split('-')[0]?.toLowerCase() !== base) return false;
    try {
      return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
    } catch {
      return false;
    }
  };
  return tags.find(isUsable) ?? base;
}

/** The language that was chosen on this device. */
export function chosenLanguage(store: Pick<Storage, 'getItem'>): string | null {
  try {
    return store.getItem(KEY);
  } catch {
    return null;
  }
}

/** Remembers the choice on this device, or forgets it. */
export function rememberLanguage(store: Pick<Storage, 'setItem' | 'removeItem'>, language: string | null): void {
  try {
    if (language) store.setItem(KEY, language);
    else store.removeItem(KEY);
  } catch {
    // Storage may be switched off: the choice then lasts until the page is left.
  }
}
