/* SPDX-License-Identifier: GPL-2.0 */
/*
 * boot-sector.S - the first sector of every disk of the nested rig.
 *
 * Proves that a guest's firmware booted from this disk: reads the next sector
 * with the firmware's disk service and prints a marker and the start of that
 * sector (it names the disk) on the first serial port. Then ends QEMU through
 * isa-debug-exit at 0xf4, status (0x10 << 1) | 1 = 33; where that device is
 * absent, halts.
 */
	.code16
	.text
	.globl	start
start:
	cli
	xorw	%ax, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movw	$0x7c00, %sp
	sti
	movb	%dl, drive

	movw	$marker, %si
	call	print

	/* Extended read, so that no geometry matters. */
	movb	$0x42, %ah
	movb	drive, %dl
	movw	$packet, %si
	int	$0x13
	jc	broken

	movb	$0, 0x8000 + 48
	movw	$0x8000, %si
	call	print
	movw	$newline, %si
	call	print
	movb	$0x10, %al
	jmp	finish
broken:
	movw	$failed, %si
	call	print
	movb	$0x20, %al
finish:
	outb	%al, $0xf4
halt:
	cli
	hlt
	jmp	halt

/* Print the string at %si on COM1; waits for room in the transmitter. */
print:
	lodsb
	testb	%al, %al
	jz	2f
	movb	%al, %bl
	movw	$0x3fd, %dx
1:	inb	%dx, %al
	testb	$0x20, %al
	jz	1b
	movb	%bl, %al
	movw	$0x3f8, %dx
	outb	%al, %dx
	jmp	print
2:	ret

marker:	.asciz	"RIG-BOOT-SECTOR "
failed:	.ascii	"cannot read the next sector"
newline: .asciz	"\n"
drive:	.byte	0

	.balign	4
packet:	.byte	16, 0		/* size of the packet */
	.word	1		/* one sector */
	.word	0x8000, 0	/* to 0000:8000 */
	.quad	1		/* sector 1 */

	.org	510
	.word	0xaa55
