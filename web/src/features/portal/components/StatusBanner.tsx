import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { IconAnnounce } from '@/ui/icons';
import { Time } from '@/ui/time/Time';
import { useOutages } from '../hooks/use-outages';
import classes from './status.module.css';

const SHOWN = 2;

/** What disturbs many people now, before anything else; nothing on a quiet day. */
export function StatusBanner() {
  const { t } = useTranslation('portal');
  const outages = useOutages().data?.data ?? [];
  if (outages.length === 0) return null;
  return (
    <ul className={classes.banner} aria-label={t('status.now')}>
      {outages.slice(0, SHOWN).map((outage) => (
        <li key={outage.id}>
          <Link to="/portal/status" className={classes.outage}>
            <IconAnnounce aria-hidden size={22} />
            <span>
              <span className={classes.headline}>{outage.headline}</span>
              <Text span size="sm" display="block">
                {t('status.known')} <Time at={outage.declared_at} />
                {outage.latest_update && (
                  <>
                    {' · '}
                    {t('status.lastWord')} <Time at={outage.latest_update.created_at} />
                  </>
                )}
              </Text>
            </span>
          </Link>
        </li>
      ))}
      {outages.length > SHOWN && (
        <li>
          <Link to="/portal/status">{t('status.more', { count: outages.length - SHOWN })}</Link>
        </li>
      )}
    </ul>
  );
}
