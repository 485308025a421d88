import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '@/features/tickets/public';
import { IconAnnounce } from '@/ui/icons';
import { Time } from '@/ui/time/Time';
import { useSuggestions } from '../hooks/use-suggestions';
import classes from './suggestions.module.css';

interface SuggestionsProps {
  /** What is being typed. */
  text: string;
  /** Someone found it there: the report is not needed any more. */
  onFound: () => void;
}

/** While someone types: what is known already, so that nobody reports it twice. */
export function Suggestions({ text, onFound }: SuggestionsProps) {
  const { t } = useTranslation('portal');
  const { outages, requests } = useSuggestions(text);
  const count = outages.length + requests.length;
  return (
    <div className={classes.suggestions}>
      <Text size="sm" c="dimmed" aria-live="polite">
        {count > 0 && t('suggestions.found', { count })}
      </Text>
      {count > 0 && (
        <ul aria-label={t('suggestions.label')} className={classes.list}>
          {outages.map((outage) => (
            <li key={outage.id} className={classes.item} data-outage>
              <span className={classes.text}>
                <span className={classes.title}>
                  <IconAnnounce aria-hidden size={16} /> {outage.headline}
                </span>
                <Text span size="sm" c="dimmed">
                  {t('suggestions.outage')} · <Time at={outage.declared_at} />
                </Text>
              </span>
              <Button
                size="sm"
                h={44}
                variant="default"
                aria-label={`${t('suggestions.follow')}: ${outage.headline}`}
                renderRoot={(props) => <Link to="/portal/status" {...props} onClick={onFound} />}
              >
                {t('suggestions.follow')}
              </Button>
            </li>
          ))}
          {requests.map((request) => (
            <li key={request.id} className={classes.item}>
              <span className={classes.text}>
                <span className={classes.title}>{request.title}</span>
                <Text span size="sm" c="dimmed">
                  {t('suggestions.own')} · {request.number} · <Time at={request.updated_at} />
                </Text>
                <span>
                  <StatusBadge status={request.status} isPortal />
                </span>
              </span>
              <Button
                size="sm"
                h={44}
                variant="default"
                aria-label={`${t('suggestions.open')}: ${request.title}`}
                renderRoot={(props) => (
                  <Link to="/portal/requests/$key" params={{ key: request.number }} {...props} onClick={onFound} />
                )}
              >
                {t('suggestions.open')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
