import { useTranslation } from 'react-i18next';
import { useUnread } from '../hooks/use-inbox';
import classes from './unread-badge.module.css';

/** How many notifications wait, on the way to the inbox. */
export function UnreadBadge() {
  const { t } = useTranslation();
  const { unread, isCapped } = useUnread();
  if (unread === 0) return null;
  return (
    <span className={classes.badge} role="status" aria-label={t('nav.unread', { count: unread })}>
      {unread}
      {isCapped && '+'}
    </span>
  );
}
