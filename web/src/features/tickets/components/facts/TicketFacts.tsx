import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import type { TicketView } from '@/api';
import { refusalWords } from '@/ui/feedback/problem-words';
import { Time } from '@/ui/time/Time';
import { type Edit, shownValue } from '../../edits';
import { type EditConflict, useEdit } from '../../hooks/use-edit';
import { useFieldWords } from '../../hooks/use-field-words';
import { actionFor, isPriority, isResolutionCode } from '../../model';
import { EditConflictDialog } from '../EditConflictDialog';
import { PriorityMark } from '../PriorityMark';
import { AssigneePicker } from '../queue/AssigneePicker';
import { PriorityPicker } from '../queue/PriorityPicker';
import classes from '../ticket-pane.module.css';
import { CategoryEditor } from './CategoryEditor';
import { CustomFacts } from './CustomFacts';
import { EditableFact } from './EditableFact';
import { FactList } from './FactList';
import { LevelSelect } from './LevelSelect';
import { ParentEditor } from './ParentEditor';
import { PersonEditor } from './PersonEditor';
import { TagsEditor } from './TagsEditor';

/** What is known about a ticket; what may be changed is changed in place. */
export function TicketFacts({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('tickets');
  const { valueWord } = useFieldWords();
  const [conflict, setConflict] = useState<EditConflict | null>(null);
  const [openLevel, setOpenLevel] = useState<'impact' | 'urgency' | null>(null);
  const { mutate } = useEdit(ticket, setConflict);
  const refusalOf = (verb: string) => {
    const told = actionFor(ticket, verb);
    return told?.allowed ? null : (refusalWords(told) ?? t('page.readOnly'));
  };
  const readOnly = refusalOf('update');
  const code = ticket.resolution_code;

  const keys = useMemo<Action[]>(
    () => [
      {
        id: 'ticket.priority',
        label: t('page.changePriority'),
        section: ticket.number,
        shortcut: 'p',
        refusal: readOnly,
        run: () => setOpenLevel('impact'),
      },
    ],
    [t, ticket.number, readOnly],
  );
  useActions(keys);

  const saving = (close: () => void, seen: TicketView) => (edit: Edit) => {
    close();
    mutate({ edit, seen });
  };
  const level = (field: 'impact' | 'urgency') => (
    <Fact label={t(`field.${field}`)}>
      <LevelSelect
        label={t('page.edit', { field: t(`field.${field}`) })}
        value={ticket[field]}
        refusal={readOnly}
        isOpen={openLevel === field}
        onOpen={(isOpen) => setOpenLevel(isOpen ? field : null)}
        onChange={(value) => mutate({ edit: { field, value } })}
      />
    </Fact>
  );
  const assigned = (field: 'assignee' | 'team') => (
    <EditableFact
      ticket={ticket}
      label={t(`field.${field}`)}
      value={ticket[field]?.name ?? (field === 'assignee' ? t('nobody') : null)}
      refusal={refusalOf('assign')}
      editor={(close) => <AssigneePicker ticket={ticket} onClose={close} />}
    />
  );
  return (
    <aside aria-label={t('page.facts')}>
      <FactList isWhole={openLevel !== null}>
        {assigned('assignee')}
        {assigned('team')}
        <EditableFact
          ticket={ticket}
          label={t('field.requester')}
          value={ticket.requester.name}
          refusal={readOnly}
          editor={(close, seen) => (
            <PersonEditor
              label={t('field.requester')}
              value={seen.requester}
              onChoose={(value) => value && saving(close, seen)({ field: 'requester', value })}
            />
          )}
        />
        <EditableFact
          ticket={ticket}
          label={t('field.requested_for')}
          value={ticket.requested_for?.name}
          refusal={readOnly}
          editor={(close, seen) => (
            <PersonEditor
              label={t('field.requested_for')}
              value={seen.requested_for ?? null}
              canClear
              onChoose={(value) => saving(close, seen)({ field: 'requested_for', value })}
            />
          )}
        />
        <EditableFact
          ticket={ticket}
          label={t('field.priority')}
          value={isPriority(ticket.priority) ? t(`priority.${ticket.priority}`) : ticket.priority}
          refusal={readOnly}
          editor={(close) => <PriorityPicker ticket={ticket} onClose={close} />}
        >
          <PriorityMark priority={ticket.priority} />
        </EditableFact>
        {ticket.priority_is_manual && <Fact label={t('priorityForm.byHandBecause')}>{ticket.priority_reason}</Fact>}
        {level('impact')}
        {level('urgency')}
        <EditableFact
          ticket={ticket}
          label={t('field.category')}
          value={shownValue(ticket, 'category')}
          refusal={readOnly}
          editor={(close, seen) => (
            <CategoryEditor ticket={seen} onSave={(value) => saving(close, seen)({ field: 'category', value })} />
          )}
        />
        <EditableFact
          ticket={ticket}
          label={t('field.tags')}
          value={shownValue(ticket, 'tags')}
          refusal={readOnly}
          editor={(close, seen) => (
            <TagsEditor tags={seen.tags} onSave={(value) => saving(close, seen)({ field: 'tags', value })} />
          )}
        />
        <EditableFact
          ticket={ticket}
          label={t('field.parent')}
          value={ticket.parent?.number}
          refusal={readOnly}
          editor={(close, seen) => (
            <ParentEditor
              parent={seen.parent ?? null}
              onSave={(value) => saving(close, seen)({ field: 'parent', value })}
            />
          )}
        />
        {ticket.parent && (
          <Fact label={t('links.parent')}>
            <Link to="/agent/incidents/$key" params={{ key: ticket.parent.number }}>
              {ticket.parent.title}
            </Link>
          </Fact>
        )}
        <CustomFacts ticket={ticket} refusal={readOnly} onEdit={(edit, seen) => mutate({ edit, seen })} />
        {ticket.rating && (
          <Fact label={t('field.rating')}>
            {t('rating.score', { score: ticket.rating.score })}
            {ticket.rating.comment && ` · ${ticket.rating.comment}`}
          </Fact>
        )}
        {ticket.hold_reason && <Fact label={t('field.hold_reason')}>{ticket.hold_reason}</Fact>}
        {code && (
          <Fact label={t('field.resolution_code')}>{isResolutionCode(code) ? t(`resolution.${code}`) : code}</Fact>
        )}
        {ticket.resolution_note && <Fact label={t('field.resolution_note')}>{ticket.resolution_note}</Fact>}
        {ticket.escalation_level > 0 && (
          <Fact label={t('field.escalation_level')}>{t('escalation.level', { level: ticket.escalation_level })}</Fact>
        )}
        <When label={t('field.created_at')} at={ticket.created_at} />
        <When label={t('field.updated_at')} at={ticket.updated_at} />
        <When label={t('field.first_response_at')} at={ticket.first_response_at} />
        {ticket.reopened_count > 0 && <Fact label={t('field.reopened_count')}>{ticket.reopened_count}×</Fact>}
        <Fact label={t('field.source')}>{valueWord('source', ticket.source)}</Fact>
        {ticket.external_reference && <Fact label={t('filter.external_reference')}>{ticket.external_reference}</Fact>}
      </FactList>
      {readOnly && (
        <Text size="xs" c="dimmed" mt={6} className="no-print">
          {readOnly}
        </Text>
      )}
      <EditConflictDialog
        conflict={conflict}
        onClose={() => setConflict(null)}
        onApply={(found) => {
          mutate({ edit: found.edit, seen: found.theirs });
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

function When({ label, at }: { label: string; at: string | null | undefined }) {
  if (!at) return null;
  return (
    <Fact label={label}>
      <Time at={at} />
    </Fact>
  );
}
