import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listNotificationTemplateVersionsOptions, type NotificationTemplate } from '@/api';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { Time } from '@/ui/time/Time';
import { type Draft, draftOf } from '../template-draft';
import classes from './notifications.module.css';

interface TemplateVersionsProps {
  template: NotificationTemplate;
  onTake: (draft: Draft) => void;
}

/** Who changed a template when, and taking an earlier version up again. */
export function TemplateVersions({ template, onTake }: TemplateVersionsProps) {
  const { t } = useTranslation('notifications');
  const { matter, medium, language } = template;
  const versions = useQuery(listNotificationTemplateVersionsOptions({ path: { matter, medium, language } }));
  if (versions.isError) return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  const rows = versions.data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title={t('versions.title')}>
      <ul className={classes.rows}>
        {rows.map((row) => (
          <li key={row.version} className={classes.muted}>
            <Text size="sm">
              {t(row.is_reset ? 'versions.reset' : 'versions.written', {
                number: row.version,
                who: row.changed_by?.name ?? '',
              })}{' '}
              <Time at={row.changed_at} />
            </Text>
            {!row.is_reset && (
              <Button
                variant="default"
                aria-label={t('versions.takeNamed', { number: row.version })}
                onClick={() => onTake(draftOf(row))}
              >
                {t('versions.take')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
