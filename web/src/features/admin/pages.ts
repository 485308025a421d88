import type { LinkProps } from '@tanstack/react-router';
import {
  IconAnnouncement,
  IconCalendar,
  IconCategory,
  IconDepartment,
  IconFields,
  IconHealth,
  IconInbox,
  IconJobs,
  IconMail,
  IconMatrix,
  IconMessage,
  IconOrganization,
  IconOverview,
  IconReport,
  IconRole,
  IconSend,
  IconShield,
  IconSite,
  IconSliders,
  IconSystem,
  IconTeam,
  IconTemplate,
  IconTimer,
  IconUser,
  IconWebhook,
  type LucideIcon,
} from '@/ui/icons';

type GroupName = 'people' | 'access' | 'desk' | 'sla' | 'system';

type AreaName =
  | 'users'
  | 'teams'
  | 'departments'
  | 'sites'
  | 'roles'
  | 'categories'
  | 'priorities'
  | 'calendars'
  | 'policies'
  | 'whatIf'
  | 'fields'
  | 'templates'
  | 'announcements'
  | 'mailboxes'
  | 'inbound'
  | 'desk'
  | 'organization'
  | 'webhooks'
  | 'jobs'
  | 'deliveries'
  | 'wording'
  | 'channels'
  | 'health'
  | 'signing'
  | 'organizations';

export interface AdminPage {
  to: NonNullable<LinkProps['to']>;
  label: `admin.pages.${'overview' | AreaName}`;
  /** What it is for, in a sentence. */
  about?: `about.${AreaName}`;
  icon: LucideIcon;
  /** One of these rights opens the page; none means everyone who administers. */
  needs: readonly string[];
  /** `g` and this letter go there. */
  letter?: string;
  isExact?: boolean;
}

export interface AdminGroup {
  label: `admin.groups.${GroupName}` | null;
  pages: readonly AdminPage[];
}

/** Every page of the administration, in its groups. */
export const ADMIN_GROUPS: readonly AdminGroup[] = [
  {
    label: null,
    pages: [{ to: '/admin', label: 'admin.pages.overview', icon: IconOverview, needs: [], isExact: true }],
  },
  {
    label: 'admin.groups.people',
    pages: [
      {
        to: '/admin/users',
        label: 'admin.pages.users',
        about: 'about.users',
        icon: IconUser,
        needs: ['user:read'],
        letter: 'u',
      },
      {
        to: '/admin/teams',
        label: 'admin.pages.teams',
        about: 'about.teams',
        icon: IconTeam,
        needs: ['team:read'],
        letter: 'm',
      },
      {
        to: '/admin/departments',
        label: 'admin.pages.departments',
        about: 'about.departments',
        icon: IconDepartment,
        needs: ['user:read'],
      },
      { to: '/admin/sites', label: 'admin.pages.sites', about: 'about.sites', icon: IconSite, needs: ['user:read'] },
    ],
  },
  {
    label: 'admin.groups.access',
    pages: [
      { to: '/admin/roles', label: 'admin.pages.roles', about: 'about.roles', icon: IconRole, needs: ['user:read'] },
    ],
  },
  {
    label: 'admin.groups.desk',
    pages: [
      {
        to: '/admin/categories',
        label: 'admin.pages.categories',
        about: 'about.categories',
        icon: IconCategory,
        needs: ['category:read', 'category:manage'],
      },
      {
        to: '/admin/priorities',
        label: 'admin.pages.priorities',
        about: 'about.priorities',
        icon: IconMatrix,
        needs: ['priority_matrix:manage'],
      },
      {
        to: '/admin/custom-fields',
        label: 'admin.pages.fields',
        about: 'about.fields',
        icon: IconFields,
        needs: ['custom_field:manage'],
      },
      {
        to: '/admin/reply-templates',
        label: 'admin.pages.templates',
        about: 'about.templates',
        icon: IconTemplate,
        needs: ['reply_template:manage'],
      },
      {
        to: '/admin/notification-templates',
        label: 'admin.pages.wording',
        about: 'about.wording',
        icon: IconMessage,
        needs: ['notification_template:manage'],
      },
      {
        to: '/admin/notification-channels',
        label: 'admin.pages.channels',
        about: 'about.channels',
        icon: IconSend,
        needs: ['notification_channel:manage'],
      },
      {
        to: '/admin/announcements',
        label: 'admin.pages.announcements',
        about: 'about.announcements',
        icon: IconAnnouncement,
        needs: ['announcement:manage'],
      },
      {
        to: '/admin/mailboxes',
        label: 'admin.pages.mailboxes',
        about: 'about.mailboxes',
        icon: IconMail,
        needs: ['mailbox:manage'],
      },
      {
        to: '/admin/inbound-mails',
        label: 'admin.pages.inbound',
        about: 'about.inbound',
        icon: IconInbox,
        needs: ['mailbox:manage'],
      },
      {
        to: '/admin/desk',
        label: 'admin.pages.desk',
        about: 'about.desk',
        icon: IconSliders,
        needs: ['desk_settings:manage'],
      },
    ],
  },
  {
    label: 'admin.groups.sla',
    pages: [
      {
        to: '/admin/calendars',
        label: 'admin.pages.calendars',
        about: 'about.calendars',
        icon: IconCalendar,
        needs: ['sla:read', 'sla:manage'],
      },
      {
        to: '/admin/policies',
        label: 'admin.pages.policies',
        about: 'about.policies',
        icon: IconTimer,
        needs: ['sla:read', 'sla:manage'],
      },
      {
        to: '/insights/what-if',
        label: 'admin.pages.whatIf',
        about: 'about.whatIf',
        icon: IconReport,
        needs: ['sla:manage'],
      },
    ],
  },
  {
    label: 'admin.groups.system',
    pages: [
      {
        to: '/admin/organization',
        label: 'admin.pages.organization',
        about: 'about.organization',
        icon: IconOrganization,
        needs: ['organization:update'],
      },
      {
        to: '/admin/deliveries',
        label: 'admin.pages.deliveries',
        about: 'about.deliveries',
        icon: IconMail,
        needs: ['job:manage'],
      },
      {
        to: '/admin/webhooks',
        label: 'admin.pages.webhooks',
        about: 'about.webhooks',
        icon: IconWebhook,
        needs: ['webhook:manage'],
      },
      {
        to: '/admin/jobs',
        label: 'admin.pages.jobs',
        about: 'about.jobs',
        icon: IconJobs,
        needs: ['job:manage'],
      },
      {
        to: '/admin/health',
        label: 'admin.pages.health',
        about: 'about.health',
        icon: IconHealth,
        needs: ['system:read'],
      },
      {
        to: '/admin/signing',
        label: 'admin.pages.signing',
        about: 'about.signing',
        icon: IconShield,
        needs: ['operator'],
      },
      {
        to: '/admin/organizations',
        label: 'admin.pages.organizations',
        about: 'about.organizations',
        icon: IconSystem,
        needs: ['operator'],
      },
    ],
  },
];

/** The groups as far as the rights reach. */
export function groupsFor(may: (right: string) => boolean): AdminGroup[] {
  return ADMIN_GROUPS.map((group) => ({
    ...group,
    pages: group.pages.filter((page) => page.needs.length === 0 || page.needs.some(may)),
  })).filter((group) => group.pages.length > 0);
}
