import { Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobView } from '@/api';
import { Time } from '@/ui/time/Time';
import classes from './operations.module.css';

interface JobRowProps {
  job: JobView;
  onRetry: () => void;
  onDiscard: () => void;
}

/** One piece of background work: what it is, why it failed, what can be done. */
export function JobRow({ job, onRetry, onDiscard }: JobRowProps) {
  const { t } = useTranslation('admin');
  return (
    <li>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div className={classes.grow}>
          <Group gap={6}>
            <Text size="sm" fw={550} ff="monospace">
              {job.kind}
            </Text>
            {job.is_running && <Badge>{t('jobs.running')}</Badge>}
          </Group>
          <Text size="xs" c="dimmed">
            {t('jobs.tried', { count: job.attempts, most: job.max_attempts })}
            {' · '}
            {job.state === 'dead' ? t('jobs.givenUp') : t('jobs.next')} <Time at={job.run_at} />
            {' · '}
            {t('jobs.written')} <Time at={job.created_at} />
          </Text>
          {job.last_error && <pre className={classes.error}>{job.last_error}</pre>}
        </div>
        {job.state === 'dead' && (
          <Group gap="xs">
            <Button variant="default" aria-label={t('jobs.retryNamed', { kind: job.kind })} onClick={onRetry}>
              {t('jobs.retry')}
            </Button>
            <Button variant="default" aria-label={t('jobs.discardNamed', { kind: job.kind })} onClick={onDiscard}>
              {t('jobs.discard')}
            </Button>
          </Group>
        )}
      </Group>
    </li>
  );
}
