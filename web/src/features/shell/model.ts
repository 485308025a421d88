import { roomsOf } from '@/features/session/public';
import { IconHome, IconInbox, IconSettings, IconTicket, type LucideIcon } from '@/ui/icons';

interface NavigationItem {
  to: '/agent' | '/agent/tickets' | '/admin' | '/portal';
  label: 'nav.myWork' | 'nav.tickets' | 'admin.home' | 'nav.portalHome';
  icon: LucideIcon;
  /** `g` and this letter go there. */
  letter: string;
  isExact?: boolean;
}

interface NavigationGroup {
  label: 'nav.work' | 'nav.administration' | 'nav.portal';
  items: NavigationItem[];
}

const WORK: NavigationGroup = {
  label: 'nav.work',
  items: [
    { to: '/agent', label: 'nav.myWork', icon: IconInbox, letter: 'w', isExact: true },
    { to: '/agent/tickets', label: 'nav.tickets', icon: IconTicket, letter: 't' },
  ],
};

const ADMINISTRATION: NavigationGroup = {
  label: 'nav.administration',
  items: [{ to: '/admin', label: 'admin.home', icon: IconSettings, letter: 'a' }],
};

const PORTAL: NavigationGroup = {
  label: 'nav.portal',
  items: [{ to: '/portal', label: 'nav.portalHome', icon: IconHome, letter: 'p', isExact: true }],
};

/** The pages that are offered to someone with these roles. */
export function navigationOf(roles: readonly string[]): NavigationGroup[] {
  const rooms = roomsOf(roles);
  return [...(rooms.includes('agent') ? [WORK] : []), ...(rooms.includes('admin') ? [ADMINISTRATION] : []), PORTAL];
}
