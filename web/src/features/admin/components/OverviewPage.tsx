import { Anchor, Button, Card, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRights } from '@/features/session/public';
import { SetupChecklist, useSetupList } from '@/features/setup/public';
import { IconAlert, IconCheck } from '@/ui/icons';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useAttention } from '../hooks/use-attention';
import { type AdminPage, groupsFor } from '../pages';
import classes from './admin.module.css';

/** Where administration begins: what needs attention, and every area. */
export function OverviewPage() {
  const { t } = useTranslation(['admin', 'common']);
  const { may } = useRights();
  const setup = useSetupList();
  const groups = groupsFor(may).filter((group) => group.label !== null);
  return (
    <div className={classes.page}>
      <PageHead title={t('overview.title')} lead={t('overview.lead')}>
        <Button variant="default" renderRoot={(props) => <Link to="/agent/first-steps" {...props} />}>
          {t('overview.firstSteps')}
        </Button>
      </PageHead>
      <SetupChecklist list={setup} />
      <AttentionPanel told={setup.items.map((item) => item.name)} />
      {groups.map((group) => (
        <section key={group.label} aria-label={group.label ? t(`common:${group.label}`) : undefined}>
          <Title order={2} fz={15} mb="xs">
            {group.label && t(`common:${group.label}`)}
          </Title>
          <ul className={classes.cards}>
            {group.pages.map((page) => (
              <AreaCard key={page.to} page={page} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function AreaCard({ page }: { page: AdminPage }) {
  const { t } = useTranslation(['admin', 'common']);
  return (
    <Card component="li" withBorder radius="md" padding="sm" bg="var(--steward-surface)" className={classes.card}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <page.icon aria-hidden size={18} />
        <div>
          <Anchor
            fw={600}
            size="sm"
            c="inherit"
            className={classes.cover}
            renderRoot={(props) => <Link to={page.to} {...props} />}
          >
            {t(`common:${page.label}`)}
          </Anchor>
          <Text size="sm" c="dimmed">
            {page.about && t(page.about)}
          </Text>
        </div>
      </Group>
    </Card>
  );
}

/** `told`: what the list of what is to be set up says already. */
function AttentionPanel({ told }: { told: readonly string[] }) {
  const { t } = useTranslation('admin');
  const { items: all, isPending, error, retry } = useAttention();
  const items = all.filter((item) => !item.setup || !told.includes(item.setup));
  return (
    <Panel title={t('overview.attention')}>
      {isPending && <SkeletonRows rows={2} />}
      {error && <ErrorState error={error} onRetry={retry} />}
      {!isPending && !error && items.length === 0 && (
        <Group gap="xs">
          <IconCheck aria-hidden size={16} />
          <Text size="sm">{t('overview.nothing')}</Text>
        </Group>
      )}
      <ul className={classes.list}>
        {items.map((item) => (
          <li key={item.id}>
            <Group gap="xs" wrap="nowrap" align="flex-start">
              <IconAlert aria-hidden size={16} color="var(--mantine-color-orange-light-color)" />
              <Text size="sm" flex={1}>
                {item.text}
              </Text>
              <Anchor
                size="sm"
                aria-label={`${t('overview.look')}: ${item.text}`}
                renderRoot={(props) => <Link to={item.to} {...props} />}
              >
                {t('overview.look')}
              </Anchor>
            </Group>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
