import { Button, Group, MultiSelect, SegmentedControl, Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import { usePeopleChoices, useTeamChoices } from '@/features/people/public';
import { isPriority, isStatus, PRIORITIES, STATUSES } from '../model';
import { PRESET_NAMES, PRESETS, presetOf, type QueueSearch } from '../schemas';
import classes from './queue.module.css';

/** What the list shows; every choice goes to the address. */
export function QueueFilters({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const first = useRef<HTMLInputElement>(null);
  const people = usePeopleChoices();
  const teams = useTeamChoices();
  const preset = presetOf(search);
  const set = (change: Partial<QueueSearch>) =>
    void navigate({ to: '/agent/tickets', search: (before) => ({ ...before, ...change }) });
  const some = <Word,>(words: Word[]) => (words.length > 0 ? words : undefined);

  const keys = useMemo<Action[]>(
    () => [
      {
        id: 'queue.filter',
        label: t('queue.focusFilter'),
        section: t('queue.keys'),
        shortcut: '/',
        isHidden: true,
        run: () => first.current?.focus(),
      },
    ],
    [t],
  );
  useActions(keys);

  return (
    <>
      <div className={classes.presets} tabIndex={-1}>
        <SegmentedControl
          aria-label={t('queue.filters')}
          value={preset ?? ''}
          onChange={(name) => {
            const chosen = PRESET_NAMES.find((each) => each === name);
            if (chosen) void navigate({ to: '/agent/tickets', search: { ...PRESETS[chosen], peek: search.peek } });
          }}
          data={PRESET_NAMES.map((name) => ({ value: name, label: t(`queue.${name}`) }))}
        />
      </div>
      <Group gap="xs" role="group" aria-label={t('queue.filters')}>
        <MultiSelect
          ref={first}
          aria-label={t('field.status')}
          placeholder={search.status?.length ? undefined : t('queue.anyStatus')}
          clearable
          w={{ base: '100%', xs: 'auto' }}
          miw={150}
          value={search.status ?? []}
          onChange={(words) => set({ status: some(words.filter(isStatus)) })}
          data={STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        />
        <MultiSelect
          aria-label={t('field.priority')}
          placeholder={search.priority?.length ? undefined : t('queue.anyPriority')}
          clearable
          miw={130}
          value={search.priority ?? []}
          onChange={(words) => set({ priority: some(words.filter(isPriority)) })}
          data={PRIORITIES.map((priority) => ({ value: priority, label: t(`priority.${priority}`) }))}
        />
        <Select
          aria-label={t('field.assignee')}
          placeholder={t('queue.anyone')}
          searchable
          clearable
          w={150}
          value={search.assigned_to ?? null}
          onChange={(value) => set({ assigned_to: value ?? undefined })}
          data={[
            { value: 'me', label: t('queue.me') },
            { value: 'nobody', label: t('queue.unassignedPerson') },
            ...people,
          ]}
        />
        <Select
          aria-label={t('field.team')}
          placeholder={t('queue.anyTeam')}
          clearable
          w={140}
          value={search.team ?? null}
          onChange={(value) => set({ team: value ?? undefined })}
          data={teams}
        />
        {preset === null && (
          <Button variant="subtle" onClick={() => void navigate({ to: '/agent/tickets', search: PRESETS.everything })}>
            {t('queue.clear')}
          </Button>
        )}
      </Group>
    </>
  );
}
