import { Alert, Anchor, Badge, Group, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type CheckView, getSystemHealthOptions, type HealthView, type Verdict } from '@/api';
import { bytesWord } from '@/lib/bytes';
import { IconAlert, IconCancelled, IconCheck, type LucideIcon } from '@/ui/icons';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import classes from './operations.module.css';

const LOOKS: Record<Verdict, { color: string; icon: LucideIcon }> = {
  ok: { color: 'teal', icon: IconCheck },
  warn: { color: 'orange', icon: IconAlert },
  fail: { color: 'red', icon: IconCancelled },
};
const WORST: readonly Verdict[] = ['fail', 'warn', 'ok'];
const REFRESH_MS = 30_000;

/** How the deployment is: database, background work, mail, files, disk. */
export function HealthPage() {
  const { t } = useTranslation(['admin', 'common']);
  const query = useQuery({ ...getSystemHealthOptions(), refetchInterval: REFRESH_MS });
  return (
    <div className={classes.page}>
      <PageHead
        title={t('health.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        lead={t('health.lead')}
      />
      {query.isPending && <SkeletonRows />}
      {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Health health={query.data} />}
    </div>
  );
}

function Health({ health }: { health: HealthView }) {
  const { t, i18n } = useTranslation('admin');
  const bytes = (count: number) => bytesWord(count, i18n.language);
  const { icon: Icon, color } = LOOKS[health.status];
  const checks = health.checks.toSorted((a, b) => WORST.indexOf(a.verdict) - WORST.indexOf(b.verdict));
  return (
    <>
      <Alert color={color} icon={<Icon aria-hidden size={18} />} title={t(`health.status.${health.status}`)}>
        {t('health.version', { version: health.version })} · {t('health.at')} <Time at={health.at} />
      </Alert>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Panel title={t('health.database')}>
          <Facts
            facts={[
              [t('health.engine'), health.database.version],
              [t('health.size'), bytes(health.database.size_bytes)],
              [t('health.migrations'), String(health.database.migrations_applied)],
              [t('health.pending'), String(health.database.migrations_pending)],
            ]}
          />
        </Panel>
        <Panel title={t('health.jobs')}>
          <Facts
            facts={[
              [t('health.ready'), String(health.jobs.ready)],
              [t('health.due'), String(health.jobs.due)],
              [t('health.dead'), String(health.jobs.dead)],
            ]}
          />
          {health.jobs.dead > 0 && (
            <Anchor size="sm" mt="xs" renderRoot={(props) => <Link to="/admin/jobs" {...props} />}>
              {t('health.lookAtJobs')}
            </Anchor>
          )}
        </Panel>
        <Panel title={t('health.mail')}>
          <Facts
            facts={[
              [t('health.transport'), health.mail.transport === 'smtp' ? t('health.smtp') : t('health.mailFiles')],
              [t('health.waiting'), String(health.mail.waiting)],
              [t('health.failed'), String(health.mail.failed)],
            ]}
          />
        </Panel>
        <Panel title={t('health.storage')}>
          <Facts
            facts={[
              [t('health.files'), health.files.is_reachable ? t('health.reachable') : t('health.unreachable')],
              ...(health.disk
                ? [[t('health.free'), `${bytes(health.disk.free_bytes)} / ${bytes(health.disk.total_bytes)}`] as const]
                : []),
              [t('health.zones'), health.time_zones.system ?? health.time_zones.bundled],
            ]}
          />
        </Panel>
      </SimpleGrid>
      <Panel title={t('health.checks')}>
        <ul className={classes.rows}>
          {checks.map((check) => (
            <li key={check.subject}>
              <Group gap="sm" wrap="nowrap" align="flex-start">
                <Badge color={LOOKS[check.verdict].color} miw={64}>
                  {t(`health.verdict.${check.verdict}`)}
                </Badge>
                <div>
                  <Text size="sm" fw={550}>
                    {t(`health.subject.${keyOf(check)}`, { defaultValue: check.subject })}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {t(`health.says.${keyOf(check)}.${check.verdict}`, { defaultValue: '' })}
                  </Text>
                  {check.text && check.verdict !== 'ok' && (
                    // What `steward doctor` prints, with the names of settings and folders: it is not translated.
                    <Text size="sm" c="dimmed" ff="monospace" fz={12} lang="en">
                      {check.text}
                    </Text>
                  )}
                </div>
              </Group>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

const keyOf = (check: CheckView) => check.subject.replaceAll(' ', '_');

function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
