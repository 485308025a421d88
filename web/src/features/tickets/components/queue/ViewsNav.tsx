import { NavLink, Text } from '@mantine/core';
import { Link, useLocation, useSearch } from '@tanstack/react-router';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewView } from '@/api';
import { useViewCounts, useViewName, useViews } from '../../hooks/use-views';
import { layoutOf, PRESETS, type QueueSearch, searchOfView } from '../../schemas';
import classes from './views-nav.module.css';

interface ViewsNavProps {
  /** The height to keep until the views are there. */
  room: number;
  onRoom: (height: number) => void;
}

/** The saved views in the navigation, each with how many tickets it shows now. */
export function ViewsNav({ room, onRoom }: ViewsNavProps) {
  const { t } = useTranslation('tickets');
  const views = useViews();
  const counts = useViewCounts();
  const { pathname } = useLocation();
  const search = useSearch({ strict: false });
  const isHere = pathname === '/agent/tickets';
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other views, another height
  useLayoutEffect(() => {
    // Closed in the menu of a phone it has none.
    if (list.current?.offsetHeight) onRoom(list.current.offsetHeight);
  }, [views.data, onRoom]);
  const chosen = isHere && 'view' in search ? search.view : undefined;
  const layout = isHere && 'layout' in search ? layoutOf(search) : {};
  const countOf = (view: ViewView) => {
    const found = counts.data?.data.find((count) => count.view_id === view.id);
    if (found?.count === undefined || found.count === null) return null;
    return found.is_capped ? `${found.count}+` : String(found.count);
  };
  const all = views.data?.data ?? [];
  const shared = all.filter((view) => view.scope === 'team' || view.scope === 'organization');
  const groups = [
    { name: null, views: all.filter((view) => view.scope === 'system') },
    { name: t('view.mine'), views: all.filter((view) => view.scope === 'mine') },
    { name: t('view.shared'), views: shared },
  ].filter((group) => group.views.length > 0);
  if (views.isPending) return <div style={{ height: room }} />;
  return (
    <div ref={list} className={classes.views}>
      {groups.map((group) => (
        <div key={group.name ?? ''}>
          {group.name && (
            <Text size="xs" c="dimmed" className={classes.heading}>
              {group.name}
            </Text>
          )}
          {group.views.map((view) => (
            <ViewLink key={view.id} view={view} count={countOf(view)} isActive={chosen === view.id} layout={layout} />
          ))}
        </div>
      ))}
      <NavLink
        label={t('view.all')}
        active={isHere && chosen === 'all'}
        className={classes.link}
        renderRoot={(props) => <Link to="/agent/tickets" search={{ ...PRESETS.everything, ...layout }} {...props} />}
      />
    </div>
  );
}

interface ViewLinkProps {
  view: ViewView;
  count: string | null;
  isActive: boolean;
  /** Another view is laid out like the one that is left. */
  layout: Pick<QueueSearch, 'layout' | 'group'>;
}

function ViewLink({ view, count, isActive, layout }: ViewLinkProps) {
  const { t } = useTranslation('tickets');
  const nameOf = useViewName();
  return (
    <NavLink
      label={<span className={classes.name}>{nameOf(view)}</span>}
      description={view.team?.name}
      active={isActive}
      className={classes.link}
      rightSection={
        count !== null && (
          <Text
            span
            size="xs"
            className={classes.count}
            aria-label={t('view.count', { count: Number.parseInt(count, 10) })}
          >
            {count}
          </Text>
        )
      }
      renderRoot={(props) => <Link to="/agent/tickets" search={searchOfView(view, layout)} {...props} />}
    />
  );
}
