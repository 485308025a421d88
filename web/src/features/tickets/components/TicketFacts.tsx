import { Text } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import type { TicketView } from '@/api';
import { Time } from '@/ui/time/Time';
import { type EditConflict, useEdit } from '../hooks/use-edit';
import { isEditable, isResolutionCode } from '../model';
import { EditConflictDialog } from './EditConflictDialog';
import { LevelSelect } from './LevelSelect';
import { PriorityMark } from './PriorityMark';
import classes from './ticket-pane.module.css';

/** What is known about a ticket; what may be changed is changed in place. */
export function TicketFacts({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('tickets');
  const [conflict, setConflict] = useState<EditConflict | null>(null);
  const [openLevel, setOpenLevel] = useState<'impact' | 'urgency' | null>(null);
  const { mutate } = useEdit(ticket, setConflict);
  const canEdit = isEditable(ticket);
  const code = ticket.resolution_code;

  const keys = useMemo<Action[]>(
    () => [
      {
        id: 'ticket.priority',
        label: t('page.changePriority'),
        section: ticket.number,
        shortcut: 'p',
        refusal: canEdit ? null : t('page.readOnly'),
        run: () => setOpenLevel('impact'),
      },
    ],
    [t, ticket.number, canEdit],
  );
  useActions(keys);

  const level = (field: 'impact' | 'urgency') => (
    <Fact label={t(`field.${field}`)}>
      <LevelSelect
        label={t('page.edit', { field: t(`field.${field}`) })}
        value={ticket[field]}
        canEdit={canEdit}
        isOpen={openLevel === field}
        onOpen={(isOpen) => setOpenLevel(isOpen ? field : null)}
        onChange={(value) => mutate({ edit: { field, value } })}
      />
    </Fact>
  );
  return (
    <aside aria-label={t('page.facts')}>
      <dl className={classes.facts}>
        <Fact label={t('field.assignee')}>{ticket.assignee?.name ?? <Dim>{t('nobody')}</Dim>}</Fact>
        <Fact label={t('field.team')}>{ticket.team?.name ?? <Dim>{t('none')}</Dim>}</Fact>
        <Fact label={t('field.requester')}>{ticket.requester.name}</Fact>
        {ticket.requested_for && <Fact label={t('field.requested_for')}>{ticket.requested_for.name}</Fact>}
        <Fact label={t('field.priority')}>
          <PriorityMark priority={ticket.priority} />
        </Fact>
        {level('impact')}
        {level('urgency')}
        {ticket.category && (
          <Fact label={t('field.category')}>{[ticket.category, ticket.subcategory].filter(Boolean).join(' › ')}</Fact>
        )}
        {ticket.tags.length > 0 && <Fact label={t('field.tags')}>{ticket.tags.join(', ')}</Fact>}
        {ticket.hold_reason && <Fact label={t('field.hold_reason')}>{ticket.hold_reason}</Fact>}
        {code && (
          <Fact label={t('field.resolution_code')}>{isResolutionCode(code) ? t(`resolution.${code}`) : code}</Fact>
        )}
        {ticket.resolution_note && <Fact label={t('field.resolution_note')}>{ticket.resolution_note}</Fact>}
        <Fact label={t('field.created_at')}>
          <Time at={ticket.created_at} />
        </Fact>
        <Fact label={t('field.updated_at')}>
          <Time at={ticket.updated_at} />
        </Fact>
        {ticket.first_response_at && (
          <Fact label={t('field.first_response_at')}>
            <Time at={ticket.first_response_at} />
          </Fact>
        )}
        {ticket.reopened_count > 0 && <Fact label={t('field.reopened_count')}>{ticket.reopened_count}×</Fact>}
        <Fact label={t('field.source')}>{ticket.source}</Fact>
      </dl>
      <EditConflictDialog
        conflict={conflict}
        onClose={() => setConflict(null)}
        onApply={(found) => {
          mutate({ edit: found.edit, version: found.theirs.version });
          setConflict(null);
        }}
      />
    </aside>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Dim({ children }: { children: string }) {
  return (
    <Text span inherit c="dimmed">
      {children}
    </Text>
  );
}
