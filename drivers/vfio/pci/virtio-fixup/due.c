// SPDX-License-Identifier: GPL-2.0-only
/*
 * The work item that looks again: at functions that wait for a measurement, and at
 * those that wait for the guard, or the guard for them.
 */
#include <linux/workqueue.h>

#include "guard.h"
#include "measure.h"

/* How soon what waits is looked at once more, at first and at most. */
#define AGAIN_FIRST_MS		1000
#define AGAIN_LAST_MS		60000

static bool running;		/* this and the next under again_lock */
static unsigned int again_ms;	/* of the pending work item */
static DEFINE_SPINLOCK(again_lock);

static void look_again(struct work_struct *work);
static DECLARE_DELAYED_WORK(again_work, look_again);

static void look_again(struct work_struct *work)
{
	bool left;

	left = vfx_measure_again();
	left |= vfx_guard_again(VFX_AT_LEISURE);
	if (!left)
		return;
	spin_lock(&again_lock);
	again_ms = min(2 * again_ms, AGAIN_LAST_MS);
	if (running)
		schedule_delayed_work(&again_work, msecs_to_jiffies(again_ms));
	spin_unlock(&again_lock);
}

void vfx_due(void)
{
	bool any;

	any = vfx_record_mark_due();
	any |= vfx_guard_waiting();
	if (!any)
		return;
	spin_lock(&again_lock);
	/* What comes soon already is not put off: users may open and close for ever. */
	if (again_ms != AGAIN_FIRST_MS)
		cancel_delayed_work(&again_work);
	again_ms = AGAIN_FIRST_MS;
	if (running)
		schedule_delayed_work(&again_work, msecs_to_jiffies(AGAIN_FIRST_MS));
	spin_unlock(&again_lock);
}

void vfx_due_start(void)
{
	spin_lock(&again_lock);
	running = true;
	spin_unlock(&again_lock);
}

void vfx_due_stop(void)
{
	spin_lock(&again_lock);
	running = false;
	spin_unlock(&again_lock);
	cancel_delayed_work_sync(&again_work);
}
