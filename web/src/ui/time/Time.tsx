import { exactTime, relativeTime } from '@/lib/time';
import { useFormats } from './formats';
import { useNow } from './use-now';

interface TimeProps {
  at: string;
  /** It lies ahead. What has happened never does, even when a clock is a little off. */
  isAhead?: boolean;
}

/** A moment in relative words; the exact one on hover and for screen readers. */
export function Time({ at, isAhead }: TimeProps) {
  const { locale, timeZone } = useFormats();
  const now = useNow();
  return (
    <time dateTime={at} title={exactTime(at, locale, timeZone)}>
      {relativeTime(at, isAhead ? now : Math.max(now, Date.parse(at)), locale)}
    </time>
  );
}
