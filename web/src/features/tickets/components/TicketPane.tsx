import { Box } from '@mantine/core';
import { Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import type { TicketView } from '@/api';
import { loadTexts } from '@/lib/texts';
import { lazyComponent, whenIdle } from '@/ui/lazy/lazy-component';
import { openPalette } from '@/ui/palette/open-palette';
import { type RelationTask, useRelationActions } from '../hooks/use-relation-actions';
import { type AssignConflict, useStep } from '../hooks/use-step';
import { useTicketActions } from '../hooks/use-ticket-actions';
import { takeIntent } from '../intent';
import type { Step, StepVerb } from '../steps';
import { Conversation } from './Conversation';
import { Composer } from './composer/Composer';
import { TicketFacts } from './facts/TicketFacts';
import { MergedNote } from './MergedNote';
import { Related } from './related/Related';
import { TicketActionBar } from './TicketActionBar';
import { TicketHeader } from './TicketHeader';
import classes from './ticket-pane.module.css';

const loadStep = () => import('./StepDialog').then((module) => module.StepDialog);
const StepDialog = lazyComponent(loadStep);
const AssignConflictDialog = lazyComponent(() =>
  import('./AssignConflictDialog').then((module) => module.AssignConflictDialog),
);

const RelationDialog = lazyComponent(() => import('./related/RelationDialog').then((module) => module.RelationDialog));

const ToldDialog = lazyComponent(async () => {
  const [module] = await Promise.all([import('@/features/notifications/public-told'), loadTexts('notifications')]);
  return module.ToldDialog;
});

interface TicketPaneProps {
  ticket: TicketView;
  /** The title is the page's heading. */
  isPage: boolean;
  /** The way back, where the ticket is a page. */
  lead?: React.ReactNode;
  /** Buttons of the surroundings: close, full page. */
  corner?: React.ReactNode;
  onDone?: (ticket: TicketView, step: Step) => void;
}

/** A ticket to work on: what was said and done, the facts, and the next step. */
export function TicketPane({ ticket, isPage, lead, corner, onDone }: TicketPaneProps) {
  const { t } = useTranslation('tickets');
  const [asked, setAsked] = useState<{ verb: StepVerb; seen: TicketView } | null>(null);
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const [conflict, setConflict] = useState<AssignConflict | null>(null);
  const [task, setTask] = useState<RelationTask | null>(null);
  const { mutate, mutateAsync, isPending } = useStep(ticket, { onDone, onConflict: setConflict });
  useEffect(() => whenIdle(loadStep), []);
  const onStep = useCallback((step: Step) => mutate({ step }), [mutate]);
  const others = useRelationActions(ticket, setTask);
  useEffect(() => {
    if (takeIntent(ticket.number, ['link'])) setTask({ kind: 'link' });
  }, [ticket.number]);
  const onAsk = useCallback((verb: StepVerb) => setAsked({ verb, seen: ticket }), [ticket]);
  const actions = useTicketActions({ ticket, isBusy: isPending, onStep, onAsk });

  const keys = useMemo<Action[]>(
    () => [
      {
        id: 'ticket.status',
        label: t('page.statusMenu'),
        section: ticket.number,
        shortcut: 's',
        isHidden: true,
        run: () => setIsMenuOpen(true),
      },
      {
        id: 'ticket.palette',
        label: t('page.palette'),
        section: ticket.number,
        shortcut: '.',
        isHidden: true,
        run: openPalette,
      },
    ],
    [t, ticket.number],
  );
  useActions(keys);

  return (
    <Box className={classes.pane}>
      <TicketHeader ticket={ticket} isPage={isPage} lead={lead} corner={corner}>
        <TicketActionBar actions={actions} others={others} isMenuOpen={isMenuOpen} onMenu={setIsMenuOpen} />
      </TicketHeader>
      <MergedNote ticket={ticket} />
      <section className={classes.scroll} tabIndex={0} aria-label={`${ticket.number} ${ticket.title}`}>
        <div className={classes.body}>
          <TicketFacts ticket={ticket} />
          <Conversation ticket={ticket} onTask={setTask} />
          <Related ticket={ticket} onTask={setTask} />
        </div>
      </section>
      <Composer key={ticket.number} ticket={ticket} />
      <Suspense fallback={null}>
        {asked && (
          <StepDialog
            key={asked.verb}
            ticket={asked.seen}
            verb={asked.verb}
            onClose={() => setAsked(null)}
            onStep={async (step) => {
              await mutateAsync({ step, seen: asked.seen });
              setAsked(null);
            }}
          />
        )}
        {task?.kind === 'told' && <ToldDialog ticket={ticket} onClose={() => setTask(null)} />}
        {task && task.kind !== 'told' && (
          <RelationDialog key={task.kind} ticket={ticket} task={task} onClose={() => setTask(null)} />
        )}
        {conflict && (
          <AssignConflictDialog
            conflict={conflict}
            onClose={() => setConflict(null)}
            onApply={({ step, theirs }) => {
              mutate({ step, seen: theirs });
              setConflict(null);
            }}
          />
        )}
      </Suspense>
    </Box>
  );
}
