import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconAlert, IconAnnounce, IconNote } from '@/ui/icons';
import { Prose } from '@/ui/text/Prose';
import { Time } from '@/ui/time/Time';
import { useAnnouncements } from '../hooks/use-announcements';
import classes from './status.module.css';

const ICONS = new Map([
  ['outage', IconAnnounce],
  ['warning', IconAlert],
]);

/** What the organization is told now: planned work, outages, good to know. */
export function Announcements() {
  const { t } = useTranslation('portal');
  const rows = useAnnouncements().data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <ul className={classes.banner} aria-label={t('announcements.label')}>
      {rows.map((row) => {
        const Icon = ICONS.get(row.severity) ?? IconNote;
        return (
          <li key={row.id} className={classes.announcement} data-severity={row.severity}>
            <Icon aria-hidden size={20} />
            <div>
              <span className={classes.headline}>{row.title}</span>
              {row.body_html && <Prose html={row.body_html} />}
              {row.ends_at && (
                <Text size="sm" c="dimmed">
                  {t('announcements.ends')} <Time at={row.ends_at} isAhead />
                </Text>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
