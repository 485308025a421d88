import { SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import { IconBoard, IconList } from '@/ui/icons';
import type { QueueSearch } from '../../schemas';
import classes from './queue.module.css';

const LAYOUTS = [
  { value: 'list', icon: IconList },
  { value: 'board', icon: IconBoard },
] as const;

/** The same tickets as a list or as a board. */
export function LayoutSwitch({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const isBoard = search.layout === 'board';
  const choose = useCallback(
    (value: string) =>
      void navigate({
        to: '/agent/tickets',
        // Without a view an address that says nothing would open the default one.
        search: (before) => ({
          ...before,
          layout: value === 'board' ? 'board' : undefined,
          view: before.view ?? 'all',
        }),
      }),
    [navigate],
  );
  const actions = useMemo<Action[]>(
    () => [
      {
        id: 'queue.layout',
        label: t(isBoard ? 'layout.showList' : 'layout.showBoard'),
        section: t('queue.keys'),
        icon: isBoard ? IconList : IconBoard,
        shortcut: 'b',
        run: () => choose(isBoard ? 'list' : 'board'),
      },
    ],
    [t, isBoard, choose],
  );
  useActions(actions);
  return (
    <SegmentedControl
      className={classes.layout}
      aria-label={t('layout.label')}
      value={isBoard ? 'board' : 'list'}
      onChange={choose}
      data={LAYOUTS.map(({ value, icon: Icon }) => ({
        value,
        label: (
          <span className={classes.layoutChoice}>
            <Icon aria-hidden size={15} />
            <span className={classes.layoutWord}>{t(`layout.${value}`)}</span>
          </span>
        ),
      }))}
    />
  );
}
