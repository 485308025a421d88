import { NavLink, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { Fragment, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { UnreadBadge } from '@/features/inbox/public';
import { useMe } from '@/features/session/public';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { useNavRoom } from '../hooks/use-nav-room';
import { navigationOf } from '../model';

const ViewsNav = lazyComponent(() => import('@/features/tickets/public-nav').then((module) => module.ViewsNav));

/** The pages of the console, as far as the roles reach. */
export function ConsoleNav() {
  const { t } = useTranslation();
  const me = useMe();
  const { pathname } = useLocation();
  const [room, setRoom] = useNavRoom();
  return navigationOf(me.roles).map((group) => (
    <div key={group.label}>
      <Text size="xs" fw={600} c="dimmed" px="xs" pt="sm" pb={4}>
        {t(group.label)}
      </Text>
      {group.items.map((item) => {
        const isHere = item.isExact ? pathname === item.to : pathname.startsWith(item.to);
        return (
          <Fragment key={item.to}>
            <NavLink
              label={t(item.label)}
              leftSection={<item.icon aria-hidden size={16} />}
              rightSection={item.to === '/agent/inbox' && <UnreadBadge />}
              active={isHere}
              px="xs"
              py={6}
              className="nav-link"
              renderRoot={(props) => <Link to={item.to} activeOptions={{ exact: item.isExact ?? false }} {...props} />}
            />
            {item.to === '/agent/tickets' && (
              <Suspense fallback={<div style={{ height: room }} />}>
                <ViewsNav room={room} onRoom={setRoom} />
              </Suspense>
            )}
          </Fragment>
        );
      })}
    </div>
  ));
}
