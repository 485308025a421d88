import { createFileRoute } from '@tanstack/react-router';
import { CategoriesPage } from '@/features/categories/components/CategoriesPage';

export const Route = createFileRoute('/_app/admin/categories')({ component: CategoriesPage });
