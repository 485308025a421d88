import { useTranslation } from 'react-i18next';
import { exactTime, relativeTime } from '@/lib/time';
import { useNow } from './use-now';

/** A moment in relative words; the exact one on hover and for screen readers. */
export function Time({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const now = useNow();
  return (
    <time dateTime={at} title={exactTime(at, i18n.language)}>
      {relativeTime(at, Math.max(now, Date.parse(at)), i18n.language)}
    </time>
  );
}
