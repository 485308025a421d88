import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

const LANGUAGES = ['en', 'de'];

/** Choices for a select: the languages there are, and the one that is set. */
export function useLanguageChoices(current: string | null | undefined) {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'language' });
    const tags = current && !LANGUAGES.includes(current) ? [...LANGUAGES, current] : LANGUAGES;
    return tags.map((tag) => ({ value: tag, label: names.of(tag) ?? tag }));
  }, [i18n.language, current]);
}
