import { useTranslation } from 'react-i18next';

/** The first stop of the Tab key: past the navigation. */
export function SkipLink() {
  const { t } = useTranslation();
  return (
    <button type="button" className="skip-link no-print" onClick={() => document.getElementById('content')?.focus()}>
      {t('app.skip')}
    </button>
  );
}
