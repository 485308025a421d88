import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoleView } from '@/api';
import { SYSTEM_ROLES } from '@/features/people/public';

/** What a role is for; what came with Steward and was not changed is said in the reader's language. */
export function useRoleDescription() {
  const { t } = useTranslation('roles');
  return useCallback(
    ({ name, description, has_shipped_description }: RoleView) => {
      const known = has_shipped_description && SYSTEM_ROLES.find((role) => role === name);
      return known ? t(`shipped.${known}`) : description;
    },
    [t],
  );
}
