import { roomsOf } from '@/features/session/public';
import {
  IconHome,
  IconInbox,
  IconMajor,
  IconReport,
  IconSearch,
  IconSettings,
  IconTasks,
  IconTicket,
  type LucideIcon,
} from '@/ui/icons';

interface NavigationItem {
  to:
    | '/agent'
    | '/agent/inbox'
    | '/agent/incidents/major'
    | '/agent/search'
    | '/agent/tickets'
    | '/insights'
    | '/admin'
    | '/portal';
  label:
    | 'nav.myWork'
    | 'nav.inbox'
    | 'nav.major'
    | 'nav.search'
    | 'nav.tickets'
    | 'nav.insights'
    | 'admin.home'
    | 'nav.portalHome';
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
    { to: '/agent', label: 'nav.myWork', icon: IconTasks, letter: 'w', isExact: true },
    { to: '/agent/inbox', label: 'nav.inbox', icon: IconInbox, letter: 'i' },
    { to: '/agent/tickets', label: 'nav.tickets', icon: IconTicket, letter: 't' },
    { to: '/agent/incidents/major', label: 'nav.major', icon: IconMajor, letter: 'j' },
    { to: '/agent/search', label: 'nav.search', icon: IconSearch, letter: 's' },
  ],
};

const ADMINISTRATION: NavigationGroup = {
  label: 'nav.administration',
  items: [
    { to: '/insights', label: 'nav.insights', icon: IconReport, letter: 'o' },
    { to: '/admin', label: 'admin.home', icon: IconSettings, letter: 'a' },
  ],
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
