import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** What a permission such as `ticket:read` allows, in words; one of a newer server keeps the server's own. */
export function usePermissionWord(): (permission: { name: string; description?: string }) => string {
  const { t } = useTranslation('roles');
  return useCallback(
    ({ name, description }) => t(`permission.${name.replaceAll(':', '_')}`, { defaultValue: description ?? name }),
    [t],
  );
}
