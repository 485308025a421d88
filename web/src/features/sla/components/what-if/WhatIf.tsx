import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SimulationInput, simulateSla } from '@/api';
import { Refusable } from '@/ui/action/Refusable';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { PERIODS, type Period, periodUntil } from '../../what-if';
import { WhatIfResult } from './WhatIfResult';

interface WhatIfProps {
  /** What would be different; none while it is not known. */
  draft: Pick<SimulationInput, 'policies' | 'calendars'> | null;
}

/** Relives the tickets of a period under a draft, and shows what would have come of them. Changes nothing. */
export function WhatIf({ draft }: WhatIfProps) {
  const { t } = useTranslation('sla');
  const [period, setPeriod] = useState<Period>('30d');
  const compare = useMutation({
    mutationFn: async (body: SimulationInput) => (await simulateSla({ body })).data,
  });
  const asked = JSON.stringify({ draft, period });
  const [shown, setShown] = useState(asked);
  const run = () => {
    if (!draft) return;
    setShown(asked);
    compare.mutate({ ...periodUntil(period, Date.now()), ...draft });
  };
  return (
    <Panel title={t('whatIf.title')} lead={t('whatIf.lead')}>
      <Group gap="sm">
        <SegmentedControl
          aria-label={t('whatIf.period')}
          value={period}
          onChange={(value) => setPeriod(PERIODS.find((each) => each === value) ?? '30d')}
          data={PERIODS.map((each) => ({ value: each, label: t(`whatIf.last.${each}`) }))}
        />
        <Refusable reason={draft ? null : t('whatIf.incomplete')}>
          <Button variant="default" loading={compare.isPending} onClick={run}>
            {t('whatIf.compare')}
          </Button>
        </Refusable>
      </Group>
      {compare.isPending && <SkeletonRows rows={4} />}
      {compare.isError && <ErrorState error={compare.error} onRetry={run} />}
      {compare.data && !compare.isPending && (
        <>
          {shown !== asked && (
            <Text size="sm" c="dimmed" mt="sm" role="status">
              {t('whatIf.changedSince')}
            </Text>
          )}
          <WhatIfResult result={compare.data} />
        </>
      )}
    </Panel>
  );
}
