import { Text, Title } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '@/features/session/public';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { LATER_ITEMS } from '../checklist';
import { useChecklist } from '../hooks/use-checklist';
import { MailStep } from './MailStep';
import { RulesStep } from './RulesStep';
import { SetupItems } from './SetupItems';
import classes from './setup.module.css';

/** What is worth settling before others come, and what else there is; as far as the rights reach. */
export function LaterSteps({ first }: { first: number }) {
  const { t } = useTranslation('setup');
  const { may } = useRights();
  const { items, isPending, error, retry } = useChecklist();
  const { hash } = useLocation();
  // What stands above changes its height with the first answers.
  useEffect(() => {
    if (!isPending && hash) document.getElementById(hash)?.scrollIntoView({ block: 'start' });
  }, [isPending, hash]);
  const steps = [
    { id: 'mail', Part: MailStep, needs: 'system:read' },
    { id: 'rules', Part: RulesStep, needs: 'role:manage' },
  ].filter(({ needs }) => may(needs));
  const later = items.filter((item) => LATER_ITEMS.includes(item.name));
  return (
    <>
      {steps.length > 0 && (
        <section aria-label={t('first.more')}>
          <Title order={2} fz={18} mt="xl">
            {t('first.more')}
          </Title>
          <Text c="dimmed">{t('first.moreHelp')}</Text>
          <ol className={classes.steps} start={first}>
            {steps.map(({ id, Part }, index) => (
              <Part key={id} number={first + index} />
            ))}
          </ol>
        </section>
      )}
      {error && <ErrorState error={error} onRetry={retry} />}
      {later.length > 0 && (
        <Panel title={t('list.later')} lead={t('list.laterHelp')} mt="md">
          <SetupItems items={later} />
        </Panel>
      )}
    </>
  );
}
