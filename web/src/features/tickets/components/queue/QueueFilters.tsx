import { Button, Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import { usePeopleChoices, useTeamChoices } from '@/features/people/public';
import { FilterMenu } from '@/ui/filter/FilterMenu';
import { useCategoryChoices } from '../../hooks/use-categories';
import { isPriority, PRIORITIES } from '../../model';
import { filtersOf, KINDS, layoutOf, PRESETS, type QueueSearch, STATUS_FILTERS } from '../../schemas';
import { OtherFilters } from './OtherFilters';
import classes from './queue.module.css';
import { WordsBox } from './WordsBox';

const some = <Word,>(words: Word[]) => (words.length > 0 ? words : undefined);

/** What the list shows; every choice goes to the address. */
export function QueueFilters({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const words = useRef<HTMLInputElement>(null);
  const people = usePeopleChoices();
  const teams = useTeamChoices();
  const categories = useCategoryChoices();
  const set = (change: Partial<QueueSearch>) =>
    void navigate({
      to: '/agent/tickets',
      // Without it an address from which the last filter went would open the default view.
      search: (before) => ({ ...before, ...change, view: before.view ?? 'all' }),
    });

  const keys = useMemo<Action[]>(
    () => [
      {
        id: 'queue.filter',
        label: t('queue.focusFilter'),
        section: t('queue.keys'),
        shortcut: '/',
        isHidden: true,
        run: () => words.current?.focus(),
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
    <Group gap="xs" role="group" aria-label={t('queue.filters')} className={classes.strip}>
      <WordsBox value={search.search} inputRef={words} />
      <FilterMenu
        label={t('field.status')}
        value={search.status ?? []}
        onChange={(chosen) => set({ status: some(STATUS_FILTERS.filter((status) => chosen.includes(status))) })}
        choices={STATUS_FILTERS.map((status) => ({
          value: status,
          label: status === 'open' ? t('queue.open') : t(`status.${status}`),
        }))}
      />
      <FilterMenu
        label={t('field.priority')}
        value={search.priority ?? []}
        onChange={(chosen) => set({ priority: some(chosen.filter(isPriority)) })}
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
        choices={[{ value: 'mine', label: t('queue.myTeams') }, ...teams]}
      />
      <FilterMenu
        label={t('field.kind')}
        value={search.kind ?? []}
        onChange={(chosen) => set({ kind: some(KINDS.filter((kind) => chosen.includes(kind))) })}
        choices={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
      />
      {categories.length > 0 && (
        <FilterMenu
          label={t('field.category')}
          isSingle
          value={search.category ? [search.category] : []}
          onChange={([value]) => set({ category: value })}
          choices={categories}
        />
      )}
      <OtherFilters search={search} onRemove={(name) => set({ [name]: undefined })} />
      {Object.keys(filtersOf(search)).length > 0 && (
        <Button
          variant="subtle"
          onClick={() =>
            void navigate({ to: '/agent/tickets', search: { ...PRESETS.everything, ...layoutOf(search) } })
          }
        >
          {t('queue.clear')}
        </Button>
      )}
    </Group>
  );
}
