import { Button, Group, SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import { usePeopleChoices, useTeamChoices } from '@/features/people/public';
import { FilterMenu } from '@/ui/filter/FilterMenu';
import { isPriority, isStatus, PRIORITIES, STATUSES } from '../model';
import { PRESET_NAMES, PRESETS, presetOf, type QueueSearch } from '../schemas';
import classes from './queue.module.css';

/** What the list shows; every choice goes to the address. */
export function QueueFilters({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const first = useRef<HTMLButtonElement>(null);
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

  const who = [
    { value: 'me', label: t('queue.me') },
    { value: 'nobody', label: t('queue.unassignedPerson') },
    ...people,
  ];
  return (
    <Group gap="xs" role="group" aria-label={t('queue.filters')}>
      <div className={classes.presets}>
        <SegmentedControl
          aria-label={t('queue.views')}
          value={preset ?? ''}
          onChange={(name) => {
            const chosen = PRESET_NAMES.find((each) => each === name);
            if (chosen) void navigate({ to: '/agent/tickets', search: { ...PRESETS[chosen], peek: search.peek } });
          }}
          data={PRESET_NAMES.map((name) => ({ value: name, label: t(`queue.${name}`) }))}
        />
      </div>
      <FilterMenu
        buttonRef={first}
        label={t('field.status')}
        value={search.status ?? []}
        onChange={(words) => set({ status: some(words.filter(isStatus)) })}
        choices={STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
      />
      <FilterMenu
        label={t('field.priority')}
        value={search.priority ?? []}
        onChange={(words) => set({ priority: some(words.filter(isPriority)) })}
        choices={PRIORITIES.map((priority) => ({ value: priority, label: t(`priority.${priority}`) }))}
      />
      <FilterMenu
        label={t('field.assignee')}
        isSingle
        value={search.assigned_to ? [search.assigned_to] : []}
        onChange={([value]) => set({ assigned_to: value })}
        choices={who}
      />
      <FilterMenu
        label={t('field.team')}
        isSingle
        value={search.team ? [search.team] : []}
        onChange={([value]) => set({ team: value })}
        choices={teams}
      />
      {preset === null && (
        <Button variant="subtle" onClick={() => void navigate({ to: '/agent/tickets', search: PRESETS.everything })}>
          {t('queue.clear')}
        </Button>
      )}
    </Group>
  );
}
