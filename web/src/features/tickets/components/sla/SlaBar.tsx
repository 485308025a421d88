import { Button, Group, Tooltip } from '@mantine/core';
import { type ReactElement, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { SlaMark } from './SlaMark';

const SlaExplain = lazyComponent(() => import('./SlaExplain').then((module) => module.SlaExplain));

const withTip = (mark: ReactElement, full: string) => (
  <Tooltip label={full} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
    {mark}
  </Tooltip>
);

/** The clocks of a ticket, and why they stand so. */
export function SlaBar({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('tickets');
  const [isOpen, setIsOpen] = useState(false);
  if (ticket.sla.length === 0) return null;
  return (
    <Group gap={6} role="group" aria-label={t('sla.title')}>
      {ticket.sla.map((chip) => (
        <SlaMark key={`${chip.agreement}-${chip.metric}`} chip={chip} isLong withTip={withTip} />
      ))}
      <Button variant="subtle" px={4} className="no-print" onClick={() => setIsOpen(true)}>
        {t('sla.why')}
      </Button>
      <Suspense fallback={null}>
        {isOpen && <SlaExplain number={ticket.number} onClose={() => setIsOpen(false)} />}
      </Suspense>
    </Group>
  );
}
