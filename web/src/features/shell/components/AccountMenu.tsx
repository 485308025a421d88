import { Suspense, useEffect, useState } from 'react';
import { lazyComponent, whenIdle } from '@/ui/lazy/lazy-component';
import { AccountButton } from './AccountButton';

const load = () => import('./AccountDropdown').then((module) => module.AccountDropdown);
const AccountDropdown = lazyComponent(load);

/** The menu of one's account. What is in it comes when the browser is idle, or when it is wanted. */
export function AccountMenu() {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => whenIdle(load), []);
  if (!isWanted) return <AccountButton onClick={() => setIsWanted(true)} />;
  return (
    <Suspense fallback={<AccountButton />}>
      <AccountDropdown />
    </Suspense>
  );
}
