import { CSPProvider } from '@base-ui/react/csp-provider';
import { Outlet } from '@tanstack/react-router';
import { Toaster } from '#platform/web/ui/toast.tsx';
import { TooltipLayer } from '#platform/web/ui/tooltip-layer.tsx';

/** Around every page, signed in or not. The policy forbids inline styles, so no component may write a `<style>`. */
export function Root() {
  return (
    <CSPProvider disableStyleElements>
      <Outlet />
      <Toaster />
      <TooltipLayer />
    </CSPProvider>
  );
}
